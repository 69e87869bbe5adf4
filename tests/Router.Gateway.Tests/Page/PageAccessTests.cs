using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Page;

/// <summary>The page's data needs the master key.</summary>
public sealed class PageAccessTests
{
    public static readonly TheoryData<string, string> Data = new()
    {
        { "GET", "/ui/api/live" },
        { "GET", "/ui/api/deployments" },
        { "POST", "/ui/api/deployments" },
        { "GET", "/ui/api/series" },
        { "GET", "/ui/api/requests" },
        { "GET", "/ui/api/requests/some" },
        { "GET", "/ui/api/graph" },
        { "POST", "/ui/api/playground" },
    };

    [Theory, MemberData(nameof(Data))]
    public async Task No_data_is_given_without_the_master_key(string method, string path)
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right", Page = new PageOptions() });
        (string, string)[][] wrong = [[], [("authorization", "Bearer sk-wrong")], [("cookie", "key=sk-right")]];
        foreach ((string, string)[] headers in wrong)
        {
            Got got = await world.SendAsync(new HttpMethod(method), path, new StringContent("{}"), headers);
            Assert.Equal((401, "nosniff", "no-store"), (got.Status, got.Headers["X-Content-Type-Options"], got.Headers["Cache-Control"]));
            Assert.DoesNotContain("chat", got.Body, StringComparison.Ordinal);
        }

        Assert.NotEqual(401, (await world.SendAsync(new HttpMethod(method), path, new StringContent("{}"), ("authorization", "Bearer sk-right"))).Status);
        Assert.Equal(401, (await world.SendAsync(new HttpMethod(method), path + "?key=sk-right", new StringContent("{}"))).Status);
    }

    [Theory, MemberData(nameof(Data))]
    public async Task A_gateway_without_a_key_asks_for_none(string method, string path)
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions { Path = "/ops" } });
        Assert.NotEqual(401, (await world.SendAsync(new HttpMethod(method), path.Replace("/ui", "/ops", StringComparison.Ordinal), new StringContent("{}"))).Status);
    }
}
