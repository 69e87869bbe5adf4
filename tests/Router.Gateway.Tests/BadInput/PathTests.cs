using System.Text;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.BadInput;

/// <summary>Methods and paths that are not there, in a form that clients read; and paths that only look like another.</summary>
public sealed class PathTests
{
    private const string Hello = """{"model":"chat","max_tokens":9,"messages":[{"role":"user","content":"Hello"}]}""";

    [Theory, MemberData(nameof(Refusals.All), MemberType = typeof(Refusals))]
    public async Task Another_method_is_told_the_right_one(string path)
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right" });
        foreach (string method in (string[])["PUT", "PATCH", "DELETE", "OPTIONS", "MADEUP", "get"])
        {
            Got got = await world.SendAsync(new HttpMethod(method), path, null);
            if (path is "/v1/responses" && method is "get") continue;
            Assert.Contains("POST", Refusals.Check(path, got, 405));
            Assert.Equal(path is "/v1/responses" ? "GET, HEAD, POST" : "POST", got.Headers["Allow"]);
        }

        Got head = await world.SendAsync(HttpMethod.Head, path, null);
        Assert.Equal((path is "/v1/responses" ? 401 : 405, ""), (head.Status, head.Body));
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/health")]
    [InlineData("/health/liveness")]
    [InlineData("/health/readiness")]
    public async Task What_is_read_is_read_by_head_too(string path)
    {
        await using World world = await World.StartAsync();
        Got head = await world.SendAsync(HttpMethod.Head, path, null);
        Assert.Equal((200, ""), (head.Status, head.Body));
        Got post = await world.PostAsync(path, "{}");
        Refusals.Check(path, post, 405);
        Assert.Equal("GET, HEAD", post.Headers["Allow"]);
    }

    [Theory]
    [InlineData("/v1/chat/completion")]
    [InlineData("/v1/v1/messages")]
    [InlineData("/v1/")]
    [InlineData("/v1/responses/resp_1/parts")]
    [InlineData("/v1/%3Cscript%3E")]
    public async Task A_path_that_is_not_there_is_told_as_an_error(string path)
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right" });
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete])
            Assert.Contains("base address", Refusals.Check(path, await world.SendAsync(method, path, null), 404));
    }

    [Fact]
    public async Task Paths_outside_of_v1_are_the_applications_own_unless_it_says_otherwise()
    {
        await using (World world = await World.StartAsync()) Assert.Equal((404, ""), (await Bare(world)));
        await using (World all = await World.StartAsync(new GatewayOptions { AnswersUnknownPaths = true })) Refusals.Check("/", await all.GetAsync("/openai/deployments"), 404);

        static async Task<(int, string)> Bare(World world)
        {
            Got got = await world.GetAsync("/openai/deployments");
            return (got.Status, got.Body);
        }
    }

    public static readonly TheoryData<string> Tricks =
    [
        "//v1/chat/completions", "/v1//chat/completions", "/v1/./chat/completions", "/v1/../v1/chat/completions", "/x/../v1/chat/completions", "/v1/%2e%2e/v1/chat/completions", "/%2e/v1/chat/completions",
        "/v1/chat%2fcompletions", "/v1/chat/completions/", "/v1/chat/completions;a=b", "/v1/chat;/completions", "/V1/Chat/COMPLETIONS", "/v1/chat/completions%00", "/v1/chat/completions%20", "/v1/chat/completions?x=/health/liveness",
        "/health/liveness/../../v1/chat/completions", "/health/liveness/%2e%2e/%2e%2e/v1/chat/completions", "/health/liveness;/v1/chat/completions", "/v1/chat\\completions", "/v1/chat/completions/health/liveness", "/v1/%63hat/completions",
        "http://localhost/v1/chat/completions", "http://evil.example/v1/chat/completions", "http://localhost/health/liveness/../../v1/chat/completions", "/v1/chat/completions#/health/liveness",
    ];

    [Theory, MemberData(nameof(Tricks))]
    public async Task No_way_of_writing_a_path_goes_round_the_key(string target)
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right", AnswersUnknownPaths = true });
        foreach (string method in (string[])["POST", "GET", "HEAD", "PUT"])
        {
            using RawClient client = await RawClient.ConnectAsync(world);
            await client.SendAsync(RawClient.Request(target, Hello, "Content-Type: application/json\r\nConnection: close\r\n", method));
            (int status, _) = await client.ReadHeadAsync();
            Assert.Contains(status, (int[])[400, 401, 404, 405]);
        }

        Assert.Equal(0, world.Providers!["openai/gpt-4o-mini"].Calls);
    }

    [Theory]
    [InlineData("Host: admin\r\n")]
    [InlineData("Host: localhost\r\nX-Forwarded-Host: 127.0.0.1\r\nX-Forwarded-For: 127.0.0.1\r\nForwarded: for=127.0.0.1;host=localhost\r\n")]
    [InlineData("Host: localhost/health/liveness?\r\n")]
    [InlineData("Host: localhost\r\nX-Original-URL: /health/liveness\r\nX-Rewrite-URL: /health/liveness\r\nX-HTTP-Method-Override: GET\r\n")]
    [InlineData("Host: localhost\r\nHost: other\r\n")]
    public async Task No_host_or_header_goes_round_the_key(string headers)
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right" });
        using RawClient client = await RawClient.ConnectAsync(world);
        await client.SendAsync(Encoding.UTF8.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\n{headers}Content-Type: application/json\r\nContent-Length: {Hello.Length}\r\n\r\n{Hello}"));
        (int status, _) = await client.ReadHeadAsync();
        Assert.Contains(status, (int[])[400, 401]);
        Assert.Equal(0, world.Providers!["openai/gpt-4o-mini"].Calls);
    }
}
