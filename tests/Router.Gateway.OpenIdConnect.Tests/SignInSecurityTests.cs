using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RouterGen.Gateway.OpenIdConnect.Tests.Support;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.OpenIdConnect.Tests;

/// <summary>What goes wrong with signing in elsewhere, tried here.</summary>
public sealed class SignInSecurityTests
{
    private const string Failed = SignInWorld.PageAddress + "/?sign-in=failed";
    private const string Unreachable = SignInWorld.PageAddress + "/?sign-in=unreachable";

    public static readonly TheoryData<string> Lies = ["nonce", "no nonce", "audience", "another client's", "issuer", "no issuer", "expired", "no expiry", "not yet", "no person"];

    [Theory, MemberData(nameof(Lies))]
    public async Task A_token_that_is_not_for_this_sign_in_opens_nothing(string lie)
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        world.Provider.Change = token =>
        {
            (string name, JsonNode? value) = lie switch
            {
                "nonce" => ("nonce", "another"),
                "no nonce" => ("nonce", null),
                "audience" => ("aud", "another"),
                "another client's" => ("aud", new JsonArray("another", "third")),
                "issuer" => ("iss", "https://other.example"),
                "no issuer" => ("iss", null),
                "expired" => ("exp", now - 120),
                "no expiry" => ("exp", null),
                "not yet" => ("nbf", now + 3600),
                _ => ("sub", (JsonNode?)null),
            };
            token.Remove(name);
            if (value is not null) token[name] = value;
            if (lie is "expired") token["iat"] = now - 600;
        };
        Assert.Equal(lie is "no person" ? SignInWorld.PageAddress + "/?sign-in=role" : Failed, await world.Browser.SignInAsync());
        await AssertOutsideAsync(world);
    }

    [Fact]
    public async Task A_token_that_the_provider_did_not_sign_opens_nothing()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        Func<string, string>[] forgeries =
        [
            IdentityProvider.Unsigned,
            static token => token[..(token.LastIndexOf('.') + 1)],
            static token => token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA"),
            static token => IdentityProvider.SignedWith(IdentityProvider.Secret, token),
            static token => IdentityProvider.SignedWith(IdentityProvider.ClientId, token),
            static _ => "no token",
            static _ => "",
        ];
        foreach (Func<string, string> forge in forgeries)
        {
            world.Provider.Forge = forge;
            string ended = await world.Browser.SignInAsync();
            Assert.True(ended is Failed, $"{Array.IndexOf(forgeries, forge)}: {ended}");
            await AssertOutsideAsync(world);
        }

        world.Provider.Forge = static token => token;
        Assert.Equal(SignInWorld.PageAddress + "/", await world.Browser.SignInAsync());
    }

    [Fact]
    public async Task A_key_that_the_provider_replaced_is_found_and_the_old_one_is_no_use()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        await world.Browser.SignInAsync();
        world.Provider.Rotate();

        // The keys are read anew beside the sign-in that finds them missing.
        string ended = await world.Browser.SignInAsync();
        for (int i = 0; i < 100 && ended != SignInWorld.PageAddress + "/"; i++) ended = await world.Browser.SignInAsync();
        Assert.Equal(SignInWorld.PageAddress + "/", ended);
        Assert.True(world.Provider.KeyReads < 10);
        world.Provider.SignsWithOldKey = true;
        Assert.Equal(Failed, await world.NewBrowser().SignInAsync());
    }

    [Fact]
    public async Task A_state_that_is_not_of_this_browser_opens_nothing()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        string address = await world.Browser.BeginAsync();
        string state = QueryHelpers.ParseQuery(new Uri(address).Query)["state"].ToString();
        foreach (string other in (string[])["", "x", state[..^5] + (state.EndsWith("AAAAA", StringComparison.Ordinal) ? "BBBBB" : "AAAAA")]) Assert.Equal(Failed, await world.Browser.EndAsync(Browser.With(address, "state", other)));

        // What one browser began, another one does not end: its owner would be signed in as someone else.
        using Browser victim = world.NewBrowser();
        Assert.Equal(Failed, await victim.EndAsync(address));
        await victim.BeginAsync();
        Assert.Equal(Failed, await victim.EndAsync(address));
        await AssertOutsideAsync(world, victim);
        await AssertOutsideAsync(world);
    }

    [Fact]
    public async Task A_code_is_good_for_one_sign_in()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        string address = await world.Browser.BeginAsync();
        (string Name, (string, string) Value)[] cookies = [.. world.Browser.Cookies.Select(static one => (one.Key, one.Value))];
        Assert.Equal(SignInWorld.PageAddress + "/", await world.Browser.EndAsync(address));
        using Browser thief = world.NewBrowser();
        foreach ((string name, (string, string) value) in cookies) thief.Cookies[name] = value;
        Assert.Equal(Failed, await thief.EndAsync(address)); // the provider refuses the code
        await AssertOutsideAsync(world, thief);

        // A code of another sign-in does not fit the verifier that this browser has.
        string own = await thief.BeginAsync();
        string stolen = await world.NewBrowser().BeginAsync();
        Assert.Equal(Failed, await thief.EndAsync(Browser.With(own, "code", QueryHelpers.ParseQuery(new Uri(stolen).Query)["code"].ToString())));
        await AssertOutsideAsync(world, thief);
    }

    [Fact]
    public async Task A_refusal_of_the_provider_is_told_in_no_words_of_its_own()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        string address = await world.Browser.BeginAsync();
        string state = QueryHelpers.ParseQuery(new Uri(address).Query)["state"].ToString();
        string refused = QueryHelpers.AddQueryString(SignInWorld.PageAddress + "/sign-in/callback", new Dictionary<string, string?> { ["state"] = state, ["error"] = "access_denied", ["error_description"] = "<script>\nforged line" });
        Assert.Equal(Failed, await world.Browser.EndAsync(refused));
        Assert.DoesNotContain(world.Gateway.Logs.Of("RouterGen.People"), static one => one.Text.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_host_and_no_header_moves_the_redirect_address()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        foreach ((string, string)[] headers in ((string, string)[][])
        [
            [("host", "attacker.example")],
            [("x-forwarded-host", "attacker.example"), ("x-forwarded-proto", "http"), ("x-forwarded-prefix", "/attack")],
            [("forwarded", "host=attacker.example;proto=http")],
            [("x-original-url", "//attacker.example"), ("referer", "https://attacker.example/")],
        ])
        {
            string address = await world.Browser.BeginAsync(headers);
            Assert.Equal(SignInWorld.PageAddress + "/sign-in/callback", world.Provider.RedirectAddress);
            Assert.Equal(SignInWorld.PageAddress + "/", await world.Browser.EndAsync(address));
        }

        // Nor does a parameter.
        foreach (string name in (string[])["redirect_uri", "returnUrl", "ReturnUrl", "next", "PageAddress"])
        {
            Got begun = await world.Browser.GetAsync($"/ui/sign-in?{name}=https://attacker.example");
            Assert.DoesNotContain("attacker", begun.Headers["Location"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cookie_that_was_tampered_with_is_none()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        await world.Browser.SignInAsync();
        (string value, string path) = world.Browser.Cookies[SignInWorld.Session];
        foreach (string other in (string[])["", "x", "admin", value[..^1], value + "A", value[..20] + (value[20] is 'A' ? 'B' : 'A') + value[21..], "CfDJ8", new string('A', 4000)])
        {
            world.Browser.Cookies[SignInWorld.Session] = (other, path);
            await AssertOutsideAsync(world);
        }

        // What protects a sign-in that has begun is no session.
        world.Browser.Cookies.Remove(SignInWorld.Session);
        string address = await world.Browser.BeginAsync();
        world.Browser.Cookies[SignInWorld.Session] = (QueryHelpers.ParseQuery(new Uri(address).Query)["state"].ToString(), path);
        await AssertOutsideAsync(world);
    }

    [Fact]
    public async Task Cookies_stay_with_the_page_and_hold_no_token()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        string begun = await world.Browser.BeginAsync();
        Assert.All(world.Browser.Set.Values, static cookie => Assert.Equal((true, true, SameSiteMode.Lax, "/gateway/ui/sign-in/callback"), (cookie.HttpOnly, cookie.Secure, cookie.SameSite, cookie.Path.ToString())));
        await world.Browser.EndAsync(begun);
        SetCookieHeaderValue session = world.Browser.Set[SignInWorld.Session];
        Assert.Equal((true, true, SameSiteMode.Strict, "/gateway/", null), (session.HttpOnly, session.Secure, session.SameSite, session.Path.ToString(), session.Expires));
        Assert.True(session.Value.Length < 1000); // as large as a name and a role
        Assert.Equal([SignInWorld.Session], world.Browser.Cookies.Keys);
        await using World atRoot = await SignInWorld.GatewayAsync(SignInWorld.Options(world.Provider, pageAddress: "https://ops.example/ui"));
        using var browser = new Browser(atRoot.Http.BaseAddress!, "https://ops.example/ui");
        await browser.SignInAsync();
        Assert.Equal(["__Host-routergen"], browser.Cookies.Keys);
    }

    [Fact]
    public async Task What_another_site_makes_the_browser_send_is_refused()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        foreach (string site in (string[])["cross-site", "same-site"]) Assert.Equal(403, (await world.Browser.GetAsync("/ui/sign-in", ("sec-fetch-site", site))).Status);
        await world.Browser.SignInAsync();
        foreach (string site in (string[])["cross-site", "same-site"])
        {
            foreach (string path in (string[])["/key/generate", "/ui/api/deployments", "/ui/api/sign-out"]) Assert.Equal(403, (await world.Browser.SendAsync(HttpMethod.Post, path, "{}", ("sec-fetch-site", site))).Status);
            Assert.Equal(403, (await world.Browser.GetAsync("/key/list", ("sec-fetch-site", site))).Status);
        }

        // What a form of any site may send.
        string session = $"{SignInWorld.Session}={world.Browser.Cookies[SignInWorld.Session].Value}";
        foreach (string type in (string[])["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) Assert.Equal(403, (await world.Gateway.SendAsync(HttpMethod.Post, "/key/generate", new StringContent("{}", null, type), ("cookie", session))).Status);
        Assert.Equal(200, (await world.Browser.GetAsync("/ui/api/live")).Status);
    }

    [Fact]
    public async Task A_request_with_a_key_is_the_keys()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        await world.Browser.SignInAsync();
        Assert.Equal(401, (await world.Browser.GetAsync("/key/list", ("authorization", "Bearer sk-wrong"))).Status);
        string key = (string)JsonNode.Parse((await world.Browser.SendAsync(HttpMethod.Post, "/key/generate", "{}")).Body)!["key"]!;
        Assert.Equal(403, (await world.Browser.GetAsync("/key/list", ("authorization", $"Bearer {key}"))).Status);
        Assert.Equal(200, (await world.Browser.GetAsync("/key/list", ("authorization", $"Bearer {SignInWorld.Master}"))).Status);
    }

    [Fact]
    public async Task While_the_provider_is_away_the_master_key_and_sessions_are_good()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        await world.Browser.SignInAsync();
        using Browser other = world.NewBrowser();
        string begun = await other.BeginAsync();
        world.Provider.TokenStatus = 503;
        Assert.Equal(Failed, await other.EndAsync(begun));
        begun = await other.BeginAsync();
        await world.Provider.StopAsync();
        Assert.Equal(Unreachable, await other.EndAsync(begun));
        Assert.Equal(200, (await world.Browser.GetAsync("/ui/api/live")).Status);
        Assert.Equal(200, (await other.GetAsync("/ui/api/live", ("authorization", $"Bearer {SignInWorld.Master}"))).Status);

        // A gateway that never knew it says so, too.
        await using World late = await SignInWorld.GatewayAsync(SignInWorld.Options(world.Provider));
        using var third = new Browser(late.Http.BaseAddress!, SignInWorld.PageAddress);
        Got refused = await third.GetAsync("/ui/sign-in");
        Assert.Equal((302, Unreachable), (refused.Status, refused.Headers["Location"]));
        Assert.Equal(200, (await third.GetAsync("/ui/api/live", ("authorization", $"Bearer {SignInWorld.Master}"))).Status);
        Assert.Contains(late.Logs.Of("RouterGen.People"), static one => one.Event is 147);
    }

    [Fact]
    public async Task No_log_holds_a_secret_a_code_or_a_token()
    {
        await using SignInWorld world = await SignInWorld.StartAsync();
        string? token = null;
        world.Provider.Forge = one => token = one;
        string address = await world.Browser.BeginAsync();
        await world.Browser.EndAsync(address);
        world.Provider.Change = static one => one["aud"] = "another";
        await world.Browser.SignInAsync();
        string code = QueryHelpers.ParseQuery(new Uri(address).Query)["code"].ToString();
        string session = world.Browser.Cookies[SignInWorld.Session].Value;
        foreach (string secret in (string[])[IdentityProvider.Secret, code, token!, session])
        {
            // What the framework notes of each request's address at its lowest levels is for those who switch it on.
            Assert.DoesNotContain(world.Gateway.Logs.All, one => one.Level >= Microsoft.Extensions.Logging.LogLevel.Warning && one.Text.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(world.Gateway.Logs.Of("RouterGen.People"), one => one.Text.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("http://login.example.com")]
    [InlineData("login.example.com")]
    [InlineData("https://user:word@login.example.com")]
    [InlineData("https://login.example.com/?tenant=1")]
    [InlineData("ftp://127.0.0.1")]
    public void An_address_without_https_is_refused_but_on_the_loopback(string address)
    {
        Assert.Throws<ArgumentException>(() => new OpenIdConnectSignInOptions { Authority = address, ClientId = "c", PageAddress = "https://ops.example/ui" });
        Assert.Throws<ArgumentException>(() => new OpenIdConnectSignInOptions { Authority = "http://localhost:8080/realms/one", ClientId = "c", PageAddress = address });
    }

    [Fact]
    public async Task Settings_that_would_let_in_all_or_none_do_not_start()
    {
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        Assert.Throws<ArgumentException>(() => services.AddRouterGenOpenIdConnect(new OpenIdConnectSignInOptions { Authority = "https://login.example.com", ClientId = "c", PageAddress = "https://ops.example/ui" }));
        Assert.Throws<ArgumentException>(() => new OpenIdConnectSignInOptions { Authority = "https://login.example.com", ClientId = "c", PageAddress = "https://ops.example/ui", ClientSecret = " " });
        await using IdentityProvider provider = await IdentityProvider.StartAsync();
        var open = new GatewayOptions { Page = new PageOptions() };
        await Assert.ThrowsAsync<ArgumentException>(() => World.StartAsync(new HeldUpstream(), open, builder => builder.Services.AddRouterGenOpenIdConnect(SignInWorld.Options(provider)), static (_, _) => { }));
    }

    private static async Task AssertOutsideAsync(SignInWorld world, Browser? browser = null)
    {
        browser ??= world.Browser;
        foreach (string path in (string[])["/ui/api/live", "/key/list"]) Assert.Equal(401, (await browser.GetAsync(path)).Status);
        Assert.Null(JsonNode.Parse((await browser.GetAsync("/ui/api/session")).Body)!["person"]);
    }
}
