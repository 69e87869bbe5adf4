using System.Text;
using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Page;

/// <summary>The page of a gateway with virtual keys.</summary>
public sealed class PageKeyTests
{
    private static readonly (string, string) Master = ("authorization", "Bearer " + KeyWorld.Master);

    [Theory, MemberData(nameof(PageAccessTests.Data), MemberType = typeof(PageAccessTests))]
    public async Task A_virtual_key_does_not_open_it(string method, string path)
    {
        await using KeyWorld world = await KeyWorld.StartAsync(configure: static options => options.Page = new PageOptions());
        string key = await world.KeyAsync();
        Assert.Equal(403, (await world.World.SendAsync(new HttpMethod(method), path, new StringContent("{}", Encoding.UTF8, "application/json"), ("authorization", "Bearer " + key))).Status);
    }

    [Fact]
    public async Task Who_guesses_at_the_page_waits()
    {
        await using KeyWorld world = await KeyWorld.StartAsync(configure: static options =>
        {
            options.Page = new PageOptions();
            options.Keys.MaxWrongKeys = 3;
        });
        for (int i = 0; i < 3; i++) Assert.Equal(401, (await world.World.GetAsync("/ui/api/live", ("authorization", "Bearer sk-guess-" + i))).Status);
        Assert.Equal(429, (await world.World.GetAsync("/ui/api/live", Master)).Status);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await world.World.GetAsync("/ui/api/live", Master)).Status);
    }

    [Fact]
    public async Task Requests_have_the_names_of_keys_and_never_the_keys()
    {
        await using KeyWorld world = await KeyWorld.StartAsync(configure: static options => options.Page = new PageOptions());
        string named = await world.KeyAsync("""{"key_alias":"search service"}""");
        string nameless = await world.KeyAsync();
        foreach (string key in (string[])[named, nameless, KeyWorld.Master, "sk-wrong-key-of-a-test"]) await world.ChatAsync(key, "nowhere");
        JsonNode list = await world.World.ListAsync(4, "", Master);
        Assert.Equal([null, "(master key)", "sk-..." + nameless[^4..], "search service"], list["requests"]!.AsArray().Select(static one => (string?)one!["key"]));
        Assert.Single((await world.World.ReadAsync("/ui/api/requests?key=search+service", Master))["requests"]!.AsArray());
        Assert.Contains("search service", (await world.World.ReadAsync("/ui/api/series?by=key", Master))["series"]!.AsArray().Select(static one => (string)one!["name"]!));
        foreach (string key in (string[])[named, nameless, KeyWorld.Master]) Assert.DoesNotContain(key, list.ToJsonString(), StringComparison.Ordinal);
    }
}
