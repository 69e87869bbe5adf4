using System.Text.Json.Nodes;
using RouterGen.Gateway.OpenIdConnect.Tests.Support;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.OpenIdConnect.Tests;

/// <summary>People sign in, do what their role lets them, and sign out.</summary>
public sealed class SignInTests
{
    private const string Chat = """{"model":"chat","max_tokens":10,"messages":[{"role":"user","content":"Hello"}]}""";

    [Fact]
    public async Task Who_signs_in_as_admin_may_what_the_master_key_may()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        Assert.Equal(401, (await world.Browser.GetAsync("/ui/api/live")).Status);
        Assert.Equal("""{"signIn":"127.0.0.1"}""", (await world.Browser.GetAsync("/ui/api/session")).Body);
        Assert.Equal(SignInWorld.PageAddress + "/", await world.Browser.SignInAsync());
        Assert.Equal("""{"signIn":"127.0.0.1","person":"Ada","role":"admin"}""", (await world.Browser.GetAsync("/ui/api/session")).Body);
        Assert.Equal(200, (await world.Browser.GetAsync("/ui/api/live")).Status);
        Assert.Equal(200, (await world.Browser.SendAsync(HttpMethod.Post, "/ui/api/deployments", """{"group":"chat","deployment":"openai/gpt-4o-mini","action":"drain"}""")).Status);
        Got made = await world.Browser.SendAsync(HttpMethod.Post, "/key/generate", """{"models":["chat"]}""");
        Assert.Equal(200, made.Status);
        Assert.Equal(200, (await world.Browser.GetAsync("/key/list")).Status);
        Logged[] changes = world.Gateway.Logs.Of("RouterGen.People");
        Assert.Contains(changes, static one => one.Text is "u-1 (Ada) signed in to the page as Admin");
        Assert.Contains(changes, static one => one.Text is "u-1 (Ada) asked for /key/generate");
    }

    [Fact]
    public async Task The_playground_is_asked_in_the_name_of_the_person()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        await world.Browser.SignInAsync();
        Got answer = await world.Browser.SendAsync(HttpMethod.Post, "/ui/api/playground", Chat);
        Assert.True(answer.Status is 200, answer.Body);
        JsonNode rows = JsonNode.Parse((await world.Browser.GetAsync("/spend/logs")).Body)!;
        Assert.Equal(("u-1", ""), ((string)rows[0]!["user"]!, (string)rows[0]!["api_key"]!));
    }

    [Fact]
    public async Task A_session_opens_no_model_and_no_metrics()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        await world.Browser.SignInAsync();
        Assert.Equal(401, (await world.Browser.SendAsync(HttpMethod.Post, "/v1/chat/completions", Chat)).Status);
        Assert.Equal(401, (await world.Browser.GetAsync("/metrics")).Status);
        Assert.Equal(401, (await world.Browser.GetAsync("/v1/models")).Status);
    }

    [Fact]
    public async Task A_viewer_sees_all_and_changes_nothing()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        world.Provider.Person["groups"] = "gateway-viewers";
        await world.Browser.SignInAsync();
        Assert.Equal("viewer", (string?)JsonNode.Parse((await world.Browser.GetAsync("/ui/api/session")).Body)!["role"]);
        foreach (string path in (string[])["/ui/api/live", "/ui/api/deployments", "/ui/api/requests", "/key/list", "/team/list", "/spend/logs"]) Assert.Equal(200, (await world.Browser.GetAsync(path)).Status);
        foreach (string path in (string[])["/ui/api/deployments", "/ui/api/playground", "/key/generate", "/key/delete", "/team/new", "/budget/new", "/user/new"])
        {
            Got refused = await world.Browser.SendAsync(HttpMethod.Post, path, Chat);
            Assert.Equal(403, refused.Status);
            Assert.Contains("change nothing", refused.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("groups", """{"groups":["everyone"]}""")]
    [InlineData("groups", """{"groups":"Gateway-Admins"}""")]
    [InlineData("groups", """{"groups":null}""")]
    [InlineData("roles", """{}""")]
    [InlineData("email", """{"email":"ada@example.com"}""")]
    [InlineData("email", """{"email":"ada@example.com","email_verified":false}""")]
    [InlineData("realm_access.roles", """{"realm_access":{"groups":["gateway-admins"]}}""")]
    [InlineData("realm_access.roles", """{"realm_access":"gateway-admins"}""")]
    [InlineData("realm_access.roles", """{"realm_access":{"roles":[{"gateway-admins":true}, 7]}}""")]
    public async Task An_account_without_the_role_does_not_get_in(string claim, string claims)
    {
        await using SignInWorld world = await SignInWorld.StartAsync(provider => SignInWorld.Options(provider, roleClaim: claim));
        Set(world, claims);
        Assert.Equal(SignInWorld.PageAddress + "/?sign-in=role", await world.Browser.SignInAsync());
        Assert.Equal(401, (await world.Browser.GetAsync("/ui/api/live")).Status);
        Assert.DoesNotContain(SignInWorld.Session, world.Browser.Cookies.Keys);
    }

    [Theory]
    [InlineData("groups", """{"groups":"gateway-admins"}""", "admin")]
    [InlineData("groups", """{"groups":["gateway-viewers","gateway-admins"]}""", "admin")]
    [InlineData("email", """{"email":"ada@example.com","email_verified":true}""", "admin")]
    [InlineData("realm_access.roles", """{"realm_access":{"roles":["other","gateway-viewers"]}}""", "viewer")]
    [InlineData("https://example.com/roles", """{"https://example.com/roles":["gateway-viewers"]}""", "viewer")]
    public async Task A_role_is_found_wherever_a_provider_puts_it(string claim, string claims, string role)
    {
        await using SignInWorld world = await SignInWorld.StartAsync(provider => SignInWorld.Options(provider, roleClaim: claim));
        Set(world, claims);
        Assert.Equal(SignInWorld.PageAddress + "/", await world.Browser.SignInAsync());
        Assert.Equal(role, (string?)JsonNode.Parse((await world.Browser.GetAsync("/ui/api/session")).Body)!["role"]);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        await world.Browser.SignInAsync();
        Assert.Equal(405, (await world.Browser.GetAsync("/ui/api/sign-out")).Status);
        Assert.Equal(200, (await world.Browser.SendAsync(HttpMethod.Post, "/ui/api/sign-out", "{}")).Status);
        Assert.DoesNotContain(SignInWorld.Session, world.Browser.Cookies.Keys);
        Assert.Equal(401, (await world.Browser.GetAsync("/ui/api/live")).Status);
    }

    [Fact]
    public async Task A_session_ends_after_its_time_however_busy_it_is()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        await world.Browser.SignInAsync();
        for (int hour = 0; hour < 8; hour++)
        {
            Assert.Equal(200, (await world.Browser.GetAsync("/ui/api/live")).Status);
            world.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(401, (await world.Browser.GetAsync("/ui/api/live")).Status);
    }

    [Fact]
    public async Task Instances_that_share_a_folder_share_sessions()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("routergen-keys-").FullName, "keys");
        await using SignInWorld world = await SignInWorld.StartAsync(provider => SignInWorld.Options(provider, keyFolder: folder));
        await using World second = await SignInWorld.GatewayAsync(SignInWorld.Options(world.Provider, keyFolder: folder));
        await using World stranger = await SignInWorld.GatewayAsync(SignInWorld.Options(world.Provider));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        string address = await world.Browser.BeginAsync();
        using var other = new Browser(second.Http.BaseAddress!, SignInWorld.PageAddress);
        foreach ((string name, (string, string) cookie) in world.Browser.Cookies) other.Cookies[name] = cookie;
        Assert.Equal(SignInWorld.PageAddress + "/", await other.EndAsync(address)); // begun at one, ended at the other
        string session = $"{SignInWorld.Session}={other.Cookies[SignInWorld.Session].Value}";
        Assert.Equal(200, (await world.Gateway.GetAsync("/ui/api/live", ("cookie", session))).Status);
        Assert.Equal(401, (await stranger.GetAsync("/ui/api/live", ("cookie", session))).Status);
    }

    private static void Set(SignInWorld world, string claims)
    {
        world.Provider.Person.Remove("groups");
        foreach ((string name, JsonNode? value) in JsonNode.Parse(claims)!.AsObject()) world.Provider.Person[name] = value?.DeepClone();
    }
}
