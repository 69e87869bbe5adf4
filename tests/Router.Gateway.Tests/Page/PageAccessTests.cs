using System.Text;
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
            Got got = await world.SendAsync(new HttpMethod(method), path, Body(), headers);
            Assert.Equal((401, "nosniff", "no-store"), (got.Status, got.Headers["X-Content-Type-Options"], got.Headers["Cache-Control"]));
            Assert.DoesNotContain("chat", got.Body, StringComparison.Ordinal);
        }

        Assert.NotEqual(401, (await world.SendAsync(new HttpMethod(method), path, Body(), ("authorization", "Bearer sk-right"))).Status);
        Assert.Equal(401, (await world.SendAsync(new HttpMethod(method), path + "?key=sk-right", Body())).Status);
    }

    [Theory, MemberData(nameof(Data))]
    public async Task A_gateway_without_a_key_asks_for_none(string method, string path)
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions { Path = "/ops" } });
        Assert.NotEqual(401, (await world.SendAsync(new HttpMethod(method), path.Replace("/ui", "/ops", StringComparison.Ordinal), Body())).Status);
    }

    [Theory, MemberData(nameof(Data))]
    public async Task What_another_site_makes_a_browser_send_is_refused(string method, string path)
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions() });
        foreach (string site in (string[])["cross-site", "same-site", "same-origin, cross-site"]) Assert.Equal(403, (await world.SendAsync(new HttpMethod(method), path, Body(), ("sec-fetch-site", site))).Status);
        foreach (string site in (string[])["same-origin", "none"]) Assert.NotEqual(403, (await world.SendAsync(new HttpMethod(method), path, Body(), ("sec-fetch-site", site))).Status);
        if (method is not "POST") return;

        // What a form or a script of any site may send without asking first.
        foreach (string type in (string[])["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) Assert.Equal(403, (await world.SendAsync(HttpMethod.Post, path, new StringContent("{}", Encoding.UTF8, type))).Status);
    }

    private static StringContent Body() => new("{}", Encoding.UTF8, "application/json");
}
