using System.Net;
using RouterGen.Redis.Connections;
using StackExchange.Redis;

namespace RouterGen.Redis.Tests;

/// <summary>Addresses: lists of StackExchange.Redis and URLs, and that no message has a part of one.</summary>
public sealed class AddressTests
{
    [Fact]
    public void A_url_says_all_that_a_list_says()
    {
        ConfigurationOptions options = RedisAddress.Read("rediss://ro%2Futer:p%40ss%3A%2F,=@cache.example:6390/4");
        Assert.Equal(("ro/uter", "p@ss:/,=", true, 4), (options.User, options.Password, options.Ssl, options.DefaultDatabase));
        Assert.Equal(new DnsEndPoint("cache.example", 6390), Assert.Single(options.EndPoints));
        ConfigurationOptions plain = RedisAddress.Read("redis://:secret@localhost");
        Assert.Equal((null, "secret", false), (plain.User, plain.Password, plain.Ssl));
        Assert.Equal(new DnsEndPoint("localhost", 6379), Assert.Single(plain.EndPoints));
    }

    [Fact]
    public void What_an_address_says_comes_before_what_a_store_would_have()
    {
        ConfigurationOptions options = RedisAddress.Read("one:1,two:2,connectTimeout=123,KeepAlive=7,name=mine,abortConnect=true");
        Assert.Equal((123, 7, "mine", false), (options.ConnectTimeout, options.KeepAlive, options.ClientName, options.AbortOnConnectFail));
        Assert.Equal(2, options.EndPoints.Count);
        ConfigurationOptions silent = RedisAddress.Read("one");
        Assert.Equal((3000, 2, "routergen", "", ""), (silent.ConnectTimeout, silent.KeepAlive, silent.ClientName, silent.TieBreaker, silent.ConfigurationChannel));
    }

    [Theory]
    [InlineData("host:6379,password=s3cret,rest=s3cret")]
    [InlineData("host:6379,ssl=s3cret")]
    [InlineData("password=s3cret")]
    [InlineData("redis://:s3cret@host:s3cret")]
    [InlineData("redis://:s3cret@host/s3cret")]
    [InlineData("redis://:s3cret@host?db=s3cret")]
    [InlineData("redis://s3cret")]
    public void An_address_that_cannot_be_read_is_told_without_it(string address)
    {
        if (address == "redis://s3cret")
        {
            Assert.Equal("s3cret:6379", new RedisRouterStore(address).ToString()); // which is a host
            return;
        }

        ArgumentException exception = Assert.Throws<ArgumentException>(() => new RedisRouterStore(address));
        Assert.DoesNotContain("s3cret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_names_its_hosts_and_nothing_else() => Assert.Equal("one:6379, two:7000", new RedisRouterStore("one,two:7000,user=router,password=s3cret").ToString());

    [Fact]
    public async Task One_line_makes_a_process_an_instance()
    {
        var options = new RouterOptions();
        Assert.Same(options, options.UseRedis("host:6379,password=s3cret"));
        Assert.Equal("host:6379", Assert.IsType<RedisRouterStore>(options.Fleet!.Store).ToString());
        await options.Fleet.DisposeAsync();
        Assert.Throws<ArgumentException>(() => options.UseRedis(" "));
    }
}
