using System.Text.RegularExpressions;
using RouterGen.Gateway.Page;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Page;

/// <summary>The files of the page: what they are, and what keeps them safe in a browser.</summary>
public sealed partial class PageFileTests
{
    private static GatewayOptions WithPage => new() { MasterKey = "sk-right", Page = new PageOptions() };

    [Fact]
    public async Task The_page_is_for_all_and_allows_nothing_from_elsewhere()
    {
        await using World world = await World.StartAsync(WithPage);
        Got page = await world.GetAsync("/ui/");
        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.Headers["Content-Type"]));
        string policy = page.Headers["Content-Security-Policy"];
        foreach (string part in (string[])["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"]) Assert.Contains(part, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal(("nosniff", "DENY", "no-referrer", "same-origin"), (page.Headers["X-Content-Type-Options"], page.Headers["X-Frame-Options"], page.Headers["Referrer-Policy"], page.Headers["Cross-Origin-Resource-Policy"]));
        Assert.DoesNotContain("Set-Cookie", page.Headers.Keys);
    }

    [Fact]
    public async Task All_files_are_there_with_their_types_and_headers()
    {
        await using World world = await World.StartAsync(WithPage);
        foreach ((string name, PageFile file) in new PageFiles().All)
        {
            Got got = await world.GetAsync("/ui/" + name);
            Assert.Equal((200, file.MediaType, "nosniff"), (got.Status, got.Headers["Content-Type"], got.Headers["X-Content-Type-Options"]));
            Assert.Contains("default-src 'none'", got.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_a_browser_has_is_not_sent_again()
    {
        await using World world = await World.StartAsync(WithPage);
        Got first = await world.GetAsync("/ui/app.js");
        string tag = first.Headers["ETag"];
        Assert.Equal("no-cache", first.Headers["Cache-Control"]);
        Got again = await world.GetAsync("/ui/app.js", ("If-None-Match", tag));
        Assert.Equal((304, "", tag), (again.Status, again.Body, again.Headers["ETag"]));
        Assert.Equal(200, (await world.GetAsync("/ui/app.js", ("If-None-Match", "\"0\""))).Status);
        Assert.NotEqual(tag, (await world.GetAsync("/ui/page.css")).Headers["ETag"]);
    }

    [Fact]
    public async Task The_page_is_found_without_its_last_slash_also_behind_another_path()
    {
        await using World world = await World.StartAsync(WithPage);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = world.Http.BaseAddress };
        using HttpResponseMessage response = await client.GetAsync("/ui");
        Assert.Equal((302, "ui/"), ((int)response.StatusCode, response.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("/ui/nothing.js")]
    [InlineData("/ui/..%2fappsettings.json")]
    [InlineData("/ui/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/ui/page/app.js")]
    public async Task What_is_no_file_of_the_page_is_not_there(string path)
    {
        await using World world = await World.StartAsync(WithPage);
        Assert.Contains((await world.GetAsync(path)).Status, (int[])[401, 404]);
    }

    [Fact]
    public void The_page_is_small_and_names_no_other_place()
    {
        IReadOnlyDictionary<string, PageFile> files = new PageFiles().All;
        Assert.InRange(files.Values.Sum(static file => file.Bytes.Length), 1, 150_000);
        foreach ((string name, PageFile file) in files)
        {
            string text = System.Text.Encoding.UTF8.GetString(file.Bytes).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
            Assert.False(OtherPlace().IsMatch(text), $"{name}: {OtherPlace().Match(text)}");
            Assert.False(Markup().IsMatch(text), $"{name}: {Markup().Match(text)}");
            foreach (Match import in Import().Matches(text)) Assert.True(files.ContainsKey(import.Groups[1].Value), $"{name}: {import.Value}");
        }
    }

    [Fact]
    public async Task There_is_no_page_unless_it_is_asked_for()
    {
        await using World world = await World.StartAsync(new GatewayOptions());
        Assert.Equal(404, (await world.GetAsync("/ui/")).Status);
        using var models = RouterModels.Parse("""{ "groups": { "a": { "deployments": ["openai/gpt-4o-mini"] } } }""");
        Microsoft.AspNetCore.Builder.WebApplication app = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder().Build();
        await using (app) Assert.Contains("GatewayOptions.Page", Assert.Throws<ArgumentException>(() => app.MapRouterGenPage(models, new GatewayOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        foreach (string path in (string[])["", "/", "ui", "/ui/", "/{ui}", "/ui?x"]) Assert.Throws<ArgumentException>(() => new PageOptions { Path = path });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new PageOptions { KeptRequests = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new PageOptions { ContentBytes = 1023 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new PageOptions { ContentBytesPerRequest = 2_000_000 });
        Assert.Equal(("/ops/page", false, 1000), (new PageOptions { Path = "/ops/page" }.Path, new PageOptions().KeepsContent, new PageOptions().KeptRequests));
    }

    [GeneratedRegex("https?://|//[a-z]+\\.", RegexOptions.IgnoreCase)]
    private static partial Regex OtherPlace();

    // Ways from a text to markup or code, and styles and listeners within markup, which the policy refuses.
    [GeneratedRegex("innerHTML|insertAdjacentHTML|document\\.write|DOMParser|\\beval\\(|new Function|srcdoc|<[a-z]+[^>]*\\s(style|on[a-z]+)=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex("(?:from|import\\()\\s*\"\\./([^\"]+)\"")]
    private static partial Regex Import();
}
