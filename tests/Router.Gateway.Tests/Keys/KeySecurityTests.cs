using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>What has gone wrong with keys elsewhere, tried here. Each has a line in docs/security.md.</summary>
public sealed class KeySecurityTests
{
    public static readonly TheoryData<string> Managing =
    [
        "POST /key/generate", "POST /key/update", "POST /key/delete", "GET /key/list", "POST /key/block", "POST /key/unblock", "POST /key/regenerate", "POST /key/x/regenerate", "POST /key/x/reset_spend",
        "POST /team/new", "POST /team/update", "GET /team/info", "GET /team/list", "POST /team/delete", "POST /team/block", "POST /team/unblock", "POST /team/member_add", "POST /team/member_update", "POST /team/member_delete",
        "POST /user/new", "GET /user/info", "POST /user/update", "GET /user/list", "POST /user/delete", "POST /budget/new", "POST /budget/update", "POST /budget/info", "GET /budget/list", "POST /budget/delete",
        "POST /import/litellm", "POST /customer/new", "POST /customer/update", "GET /customer/info", "GET /customer/list", "POST /customer/delete", "POST /customer/block", "POST /customer/unblock", "POST /end_user/new", "POST /end_user/update", "GET /end_user/info",
        "GET /end_user/list", "POST /end_user/delete", "POST /end_user/block", "POST /end_user/unblock", "POST /organization/new", "GET /organization/info", "GET /organization/list", "POST /organization/update", "PATCH /organization/update", "POST /organization/delete",
        "DELETE /organization/delete", "POST /organization/member_add", "POST /organization/member_update", "PATCH /organization/member_update", "POST /organization/member_delete", "DELETE /organization/member_delete",
        "GET /spend/logs", "GET /spend/tags", "GET /global/spend/report", "GET /model/info", "GET /v1/model/info", "GET /model_group/info",
    ];

    [Theory, MemberData(nameof(Managing))]
    public async Task A_virtual_key_manages_nothing(string endpoint)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync();
        string[] parts = endpoint.Split(' ');
        foreach ((string? sent, int status) in ((string?, int)[])[(key, 403), ("sk-wrong", 401), (null, 401)])
        {
            (string, string)[] headers = sent is null ? [] : [("authorization", $"Bearer {sent}"), ("x-forwarded-for", "127.0.0.1"), ("x-original-url", "/health/liveness"), ("x-http-method-override", "GET")];
            Got got = await world.World.SendAsync(new HttpMethod(parts[0]), parts[1], parts[0] is "POST" ? new StringContent("{}") : null, headers);
            Assert.Equal(status, got.Status);
        }
    }

    [Fact]
    public async Task All_endpoints_that_manage_are_among_those_tried()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string[] tried = [.. Managing.Select(static row => row.Data.Replace("/key/x/", "/key/{key}/", StringComparison.Ordinal)).Append("GET /key/info").Order(StringComparer.Ordinal)];
        Assert.Equal(tried, world.ManagementRoutes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_virtual_key_reads_what_it_is_itself_and_no_other()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string own = await world.KeyAsync("""{"key_alias":"own","allowed_routes":["/chat/completions"]}""");
        string other = await world.KeyAsync("""{"key_alias":"other"}""");
        Assert.Equal("own", (string)JsonNode.Parse((await world.World.GetAsync("/key/info", ("x-api-key", own))).Body)!["info"]!["key_alias"]!);
        Assert.Equal(200, (await world.World.GetAsync($"/key/info?key={own}", ("x-api-key", own))).Status);
        Assert.Equal(403, (await world.World.GetAsync($"/key/info?key={other}", ("x-api-key", own))).Status);
        Assert.Equal(403, (await world.World.GetAsync($"/key/info?key={Hash(other)}", ("x-api-key", own))).Status);
    }

    [Theory]
    [InlineData("' OR '1'='1")]
    [InlineData("sk-' OR 1=1 --")]
    [InlineData("sk-x'; DROP TABLE account; --")]
    [InlineData("sk-x\" UNION SELECT data FROM account")]
    [InlineData("%")]
    [InlineData("sk-%")]
    [InlineData("*")]
    public async Task Sql_in_a_key_is_a_wrong_key(string text)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync();
        Assert.Equal(401, (await world.ChatAsync(text)).Status);
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task The_hash_of_a_key_opens_nothing()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync();
        string hash = (string)(await world.ReadAsync($"/key/info?key={key}"))["info"]!["token"]!;
        Assert.Equal(Hash(key), hash);
        foreach (string sent in (string[])[hash, "sk-" + hash, Hash(KeyWorld.Master)]) Assert.Equal(401, (await world.ChatAsync(sent)).Status);
    }

    [Fact]
    public async Task Keys_that_share_a_beginning_are_two_keys()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string first = await world.KeyAsync("""{"key":"sk-the-same-twenty-characters-A","models":["chat"]}""");
        Assert.Equal(200, (await world.ChatAsync(first)).Status);
        foreach (string wrong in (string[])["sk-the-same-twenty-characters-B", "sk-the-same-twenty-characters-", "sk-the-same-twenty-characters-A ", "sk-the-same-twenty-characters-AA", "SK-THE-SAME-TWENTY-CHARACTERS-A"])
        {
            if (wrong.EndsWith(' ')) Assert.Equal(200, (await world.ChatAsync(wrong)).Status); // Spaces around a header's value are none of it.
            else Assert.Equal(401, (await world.ChatAsync(wrong)).Status);
        }

        string second = await world.KeyAsync("""{"key":"sk-the-same-twenty-characters-B","models":["pair"]}""");
        Assert.Equal((200, 404), ((await world.ChatAsync(second, "pair")).Status, (await world.ChatAsync(second, "chat")).Status));
        Assert.Equal(404, (await world.ChatAsync(first, "pair")).Status);
    }

    [Theory]
    [InlineData("Host: 127.0.0.1:4001")]
    [InlineData("Host: localhost/key/generate?x=")]
    [InlineData("X-Forwarded-Host: localhost")]
    [InlineData("X-Rewrite-URL: /health/liveness")]
    public async Task What_decides_is_the_route_and_no_header(string header)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string host = header.StartsWith("Host", StringComparison.Ordinal) ? "" : "Host: x\r\n";
        foreach (string target in (string[])["/key/list", "/key/list/", "//key/list", "/KEY/LIST", "/health/liveness/../../key/list", "/health/liveness/..%2f..%2fkey/list", "/key%2flist", "/key/list;/health/liveness", "/key/list?/health/liveness", "http://x/key/list"])
        {
            string status = await RawAsync(world, $"GET {target} HTTP/1.1\r\n{host}{header}\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 (400|401|404) ", status);
        }
    }

    [Theory]
    [InlineData("Authorization: Bearer GOOD\r\nAuthorization: Bearer sk-wrong", 401)]
    [InlineData("Authorization: Bearer sk-wrong\r\nAuthorization: Bearer GOOD", 401)]
    [InlineData("Authorization: Bearer GOOD\r\nAuthorization: Bearer GOOD", 401)]
    [InlineData("x-api-key: GOOD\r\nx-api-key: sk-wrong", 401)]
    [InlineData("Authorization: Bearer GOOD, Bearer sk-wrong", 401)]
    [InlineData("Authorization: Bearer sk-wrong\r\nx-api-key: GOOD", 401)]
    [InlineData("Authorization : Bearer GOOD", 400)]
    [InlineData("Authorization: Bearer\r\n GOOD", 400)]
    [InlineData("Authorization: Bearer GOOD", 200)]
    public async Task Two_headers_with_keys_are_no_key(string headers, int status)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync();
        string line = await RawAsync(world, $"GET /v1/models HTTP/1.1\r\nHost: x\r\n{headers.Replace("GOOD", key, StringComparison.Ordinal)}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", line);
    }

    [Fact]
    public async Task A_key_of_any_length_is_a_wrong_key()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        foreach (int length in (int[])[1, 511, 512, 513, 16_000]) Assert.Equal(401, (await world.ChatAsync("sk-" + new string('x', length))).Status);
        Assert.Equal(400, (await world.World.PostAsync("/key/generate", $$"""{"key":"sk-{{new string('x', 600)}}"}""", ("x-api-key", KeyWorld.Master))).Status);
    }

    [Fact]
    public async Task Those_who_guess_keys_wait_longer_each_time_and_known_keys_do_not()
    {
        await using KeyWorld world = await KeyWorld.StartAsync(configure: static options => options.Keys.MaxWrongKeys = 3);
        string known = await world.KeyAsync();
        string fresh = await world.KeyAsync();
        await world.ChatAsync(known);
        for (int i = 0; i < 3; i++) Assert.Equal(401, (await world.ChatAsync($"sk-guess-{i}")).Status);
        for (int i = 0; i < 12; i++)
        {
            int wait = Math.Min(1 << i, 900);
            Got refused = await world.ChatAsync($"sk-another-{i}");
            Assert.Equal((429, $"{wait}"), (refused.Status, refused.Headers["Retry-After"]));
            Assert.Equal((429, 429), ((await world.ChatAsync(KeyWorld.Master)).Status, (await world.ChatAsync(fresh)).Status));
            Assert.Equal(200, (await world.ChatAsync(known)).Status);
            if (wait == 900) break;
            world.Time.Advance(TimeSpan.FromSeconds(wait));
            Assert.Equal(401, (await world.ChatAsync($"sk-another-{i}")).Status);
        }

        world.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal((200, 200), ((await world.ChatAsync(KeyWorld.Master)).Status, (await world.ChatAsync(fresh)).Status));
    }

    [Fact]
    public async Task A_client_with_one_wrong_key_is_no_one_who_guesses()
    {
        await using KeyWorld world = await KeyWorld.StartAsync(configure: static options => options.Keys.MaxWrongKeys = 3);
        for (int i = 0; i < 50; i++) Assert.Equal(401, (await world.ChatAsync("sk-the-old-one")).Status);
        Assert.Equal(200, (await world.ChatAsync(KeyWorld.Master)).Status);
    }

    [Fact]
    public async Task A_key_stands_in_one_answer_and_nowhere_else()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store);
        string key = (string)(await world.ManageAsync("/user/new", """{"user_id":"u","user_email":"a@b.example"}"""))["key"]!;
        var answers = new StringBuilder();
        foreach (string path in (string[])[$"/key/info?key={key}", "/key/list?return_full_object=true", "/user/info?user_id=u", "/user/list", "/spend/logs", "/team/list"]) answers.Append(await world.ReadAsync(path));
        answers.Append(await world.ManageAsync("/key/update", $$"""{"key":"{{key}}","rpm_limit":1}"""));
        answers.Append(await world.ManageAsync("/key/block", $$"""{"key":"{{key}}"}"""));
        foreach (string body in (string[])[$$"""{"key":"{{key}}","models":1}""", $$"""{"key":"{{key}}","x":1}""", $$"""{"key":"{{key}}"""]) answers.Append((await world.World.PostAsync("/key/update", body, ("x-api-key", KeyWorld.Master))).Body);
        answers.Append((await world.World.PostAsync("/key/generate", $$"""{"key":"{{key}}"}""", ("x-api-key", KeyWorld.Master))).Body);
        answers.Append((await world.ChatAsync(key)).Body);
        answers.Append(await world.ManageAsync("/key/delete", $$"""{"keys":["{{key}}"]}"""));
        answers.Append((await world.World.PostAsync("/key/delete", $$"""{"keys":["{{key}}"]}""", ("x-api-key", KeyWorld.Master))).Body);
        answers.Append((await world.ChatAsync(key)).Body);
        store.IsAway = true;
        answers.Append((await world.ChatAsync("sk-another-one")).Body);
        answers.Append((await world.World.GetAsync($"/key/info?key={key}", ("x-api-key", KeyWorld.Master))).Body);
        string all = $"{answers}{world.Logs.All}";
        Assert.DoesNotContain(key, all);
        Assert.DoesNotContain(KeyWorld.Master, all);
        Assert.DoesNotContain("sk-another-one", all);
        store.IsAway = false;
        Assert.DoesNotContain(key, string.Join(' ', (await store.ListAsync(new AccountQuery { Kind = AccountKind.Key }, default)).Accounts));
    }

    [Fact]
    public async Task A_key_goes_to_no_provider()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync();
        await world.ChatAsync(key, "chat", ("x-api-key", key), ("x-litellm-tags", "a"));
        string sent = string.Join(' ', world.Upstream.Last!.Headers.Select(static header => $"{header.Key} {string.Join(' ', header.Value)}"));
        Assert.DoesNotContain(key, sent);
        Assert.DoesNotContain("litellm", sent);
    }

    [Fact]
    public async Task Answers_that_may_have_a_key_are_not_stored_on_the_way()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        Assert.Equal("no-store", (await world.World.PostAsync("/key/generate", "{}", ("x-api-key", KeyWorld.Master))).Headers["Cache-Control"]);
    }

    [Fact]
    public async Task Without_a_master_key_there_is_no_management_and_no_key_is_asked_for()
    {
        await using World world = await World.StartAsync(new HeldUpstream(), new GatewayOptions(), static _ => { }, static (app, models) => app.MapRouterGenManagement(models, new GatewayOptions()));
        Got got = await world.PostAsync("/key/generate", "{}", ("x-api-key", "anything"));
        Assert.Equal(403, got.Status);
        Assert.Contains("ROUTERGEN_MASTER_KEY", got.Body);
        Assert.Equal(200, (await world.PostAsync("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"Hi"}]}""")).Status);
    }

    [Fact]
    public async Task Management_that_is_not_mapped_is_not_there()
    {
        await using World world = await World.StartAsync(new HeldUpstream(), new GatewayOptions { MasterKey = KeyWorld.Master });
        foreach (string path in (string[])["/key/generate", "/team/new", "/budget/new"]) Assert.Equal(404, (await world.PostAsync(path, "{}", ("authorization", $"Bearer {KeyWorld.Master}"), ("host", "127.0.0.1:4001"))).Status);
        foreach (string path in (string[])["/key/list", "/spend/logs", "/model/info"]) Assert.Equal(404, (await world.GetAsync(path, ("authorization", $"Bearer {KeyWorld.Master}"))).Status);
    }

    [Fact]
    public async Task What_only_the_master_key_opens_asks_no_store()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store, static options => options.Keys.MaxWrongKeys = 2);
        string key = await world.KeyAsync();
        await world.ChatAsync(key);
        store.IsAway = true;
        KeyFilter filter = KeyServices.Of(world.Options, EmptyServices.Instance).Filter;
        Assert.Null(filter.CheckMaster(With(KeyWorld.Master)));
        Assert.Equal((401, 403), (filter.CheckMaster(new DefaultHttpContext())!.Status, filter.CheckMaster(With(key))!.Status));
        Assert.Equal((401, 401, 401), (filter.CheckMaster(With("sk-one"))!.Status, filter.CheckMaster(With(new string('x', 600)))!.Status, filter.CheckMaster(With("sk-two"))!.Status));
        Assert.Equal((429, 429), (filter.CheckMaster(With("sk-three"))!.Status, filter.CheckMaster(With(KeyWorld.Master))!.Status));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(filter.CheckMaster(With(KeyWorld.Master)));

        static DefaultHttpContext With(string key) => new() { Request = { Headers = { Authorization = $"Bearer {key}" } } };
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static async Task<string> RawAsync(KeyWorld world, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(world.World.Http.BaseAddress!.Host, world.World.Http.BaseAddress.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() ?? "";
    }

    private sealed class EmptyServices : IServiceProvider
    {
        public static readonly EmptyServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
