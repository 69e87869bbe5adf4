using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.BadInput;

/// <summary>Bodies that are not what they should be: refused with the reason, in the client's dialect, and no provider is asked.</summary>
public sealed class BodyTests
{
    private const string Hello = """{"model":"chat","max_tokens":9,"messages":[{"role":"user","content":"Hello"}]}""";

    public static MatrixTheoryData<string, string> Broken() => new(Refusals.OfJson.Select(static row => row.Data), ["", "{", "[]", "\"text\"", "{\"model\":\"chat\"", "{\"model\" \"chat\"}", "{\"model\":\"chat\"} {}", "nul", "{\"model\":\"chat\",}", "{'model':'chat'}", "\uFEFF{\"model\":\"chat\"}"]);

    [Theory, MemberData(nameof(Broken))]
    public async Task Broken_json(string path, string body)
    {
        await using World world = await World.StartAsync();
        string message = Refusals.Check(path, await world.PostAsync(path, body), 400);
        Assert.Matches("JSON", message);
    }

    [Theory, MemberData(nameof(Refusals.OfJson), MemberType = typeof(Refusals))]
    public async Task Nesting_beyond_what_is_read(string path)
    {
        await using World world = await World.StartAsync();
        foreach (int depth in (int[])[255, 300, 100_000])
        {
            string deep = new string('[', depth) + new string(']', depth);
            string message = Refusals.Check(path, await world.PostAsync(path, $$"""{"model":"no-such-model","x":{{deep}}}"""), depth < 256 ? 404 : 400);
            Assert.Contains(depth < 256 ? "no-such-model" : "not valid JSON: line 1, byte", message);
        }
    }

    [Theory]
    [InlineData("/v1/chat/completions", "claude")]
    [InlineData("/v1/chat/completions", "gemini")]
    [InlineData("/v1/chat/completions", "converse")]
    [InlineData("/v1/messages", "chat")]
    [InlineData("/v1/messages", "responses")]
    public async Task Nesting_of_a_tool_is_no_fault_of_the_gateway(string path, string group)
    {
        await using World world = await World.StartAsync();
        foreach (int depth in (int[])[30, 62, 64, 100, 240])
        {
            string schema = string.Concat(Enumerable.Repeat("""{"type":"array","items":""", depth)) + "{}" + new string('}', depth);
            string tool = path is "/v1/messages" ? $$"""{"name":"deep","input_schema":{{schema}}}""" : $$$"""{"type":"function","function":{"name":"deep","parameters":{{{schema}}}}}""";
            Got got = await world.PostAsync(path, $$"""{"model":"{{group}}","max_tokens":9,"tools":[{{tool}}],"messages":[{"role":"user","content":"Hello"}]}""");
            Assert.True(got.Status is 200 or 400, $"{depth}: {got.Status} {got.Body}");
        }
    }

    [Theory]
    [InlineData("/v1/chat/completions", "claude", "max_tokens")]
    [InlineData("/v1/chat/completions", "claude", "temperature")]
    [InlineData("/v1/chat/completions", "claude", "top_k")]
    [InlineData("/v1/chat/completions", "gemini", "seed")]
    [InlineData("/v1/messages", "chat", "temperature")]
    [InlineData("/v1/messages", "chat", "max_tokens")]
    [InlineData("/v1/responses", "claude", "max_output_tokens")]
    [InlineData("/v1/embeddings", "vectors", "dimensions")]
    [InlineData("/v1/rerank", "ranking", "top_n")]
    [InlineData("/v1/completions", "text-goes-on", "logprobs")]
    [InlineData("/v1/completions", "text-goes-on", "n")]
    [InlineData("/v1/images/generations", "pictures", "n")]
    [InlineData("/v1/audio/speech", "voice", "speed")]
    public async Task Numbers_that_no_type_holds(string path, string group, string member)
    {
        await using World world = await World.StartAsync();
        foreach (string number in (string[])["1e999", "-1e999", "99999999999999999999999999", "-9223372036854775809", "4294967297", "0.1e-999", "-0", new string('9', 5000)])
        {
            Got got = await world.PostAsync(path, $$"""{"model":"{{group}}","{{member}}":{{number}},"messages":[{"role":"user","content":"Hi"}],"input":"Hi","prompt":"Hi","query":"Hi","documents":["Hi"]}""");
            Assert.True(got.Status is 200 or 400, $"{number}: {got.Status} {got.Body}");
            if (got.Status is 400) Refusals.Check(path, got, 400);
        }
    }

    [Theory]
    [InlineData("""{"model":"chat","messages":[{"role":"user","content":"a"}],"model":"claude"}""", "'model' twice")]
    [InlineData("""{"model":"chat","max_tokens":1,"max_tokens":100000,"messages":[{"role":"user","content":"a"}]}""", "'max_tokens' twice")]
    [InlineData("""{"model":"chat","mod\u0065l":"gpt-6-sol","max_tokens":9,"messages":[{"role":"user","content":"a"}]}""", "without escapes")]
    [InlineData("""{"model":"chat","MODEL":"gpt-6-sol","max_tokens":9,"messages":[{"role":"user","content":"a"}]}""", "must be written 'model'")]
    public async Task Members_that_could_mean_two_things(string body, string reason)
    {
        await using World world = await World.StartAsync();
        foreach (string path in (string[])["/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/messages/count_tokens"])
            Assert.Contains(reason, Refusals.Check(path, await world.PostAsync(path, body), 400));
        Assert.Equal(0, world.Providers!["openai/gpt-4o-mini"].Calls);
        foreach (string path in (string[])["/v1/embeddings", "/v1/completions", "/v1/rerank", "/v1/images/generations"])
            Assert.Matches("twice|must be written 'model'", Refusals.Check(path, await world.PostAsync(path, body), 400));
    }

    [Fact]
    public async Task Many_members_are_looked_at_once_each()
    {
        await using World world = await World.StartAsync();
        string many = string.Concat(Enumerable.Range(0, 200_000).Select(static i => $",\"m{i}\":0"));
        Assert.Contains("'m7' twice", Refusals.Check("/v1/chat/completions", await world.PostAsync("/v1/chat/completions", $$"""{"model":"chat"{{many}},"m7":1}"""), 400));
    }

    [Theory, MemberData(nameof(Refusals.OfJson), MemberType = typeof(Refusals))]
    public async Task Text_that_is_none(string path)
    {
        await using World world = await World.StartAsync();
        (byte[] Body, string Reason)[] bodies =
        [
            ([.. "{\"model\":\"chat\",\n\"input\":\""u8, 0xC3, 0x28, .. "\"}"u8], "not valid UTF-8: line 2, byte 10"),
            ([.. "{\"model\":\"\xFF\"}"u8, 0xFF], "not valid UTF-8: line 1"),
            ([0xED, 0xA0, 0x80], "not valid UTF-8: line 1, byte 1"),
            ([.. """{"model":"\ud800"}"""u8], "half of a surrogate pair, which is no character: line 1, byte 11"),
            ([.. """{"model":"chat","x\udc00":1}"""u8], "half of a surrogate pair"),
            ([.. """{"model":"chat","input":"\ud83d\ud83d\ude00"}"""u8], "half of a surrogate pair"),
            ([.. """{"model":"chat","input":"cut \ud83d"""u8, (byte)'"', (byte)'}'], "half of a surrogate pair"),
        ];
        foreach ((byte[] body, string reason) in bodies)
            Assert.Contains(reason, Refusals.Check(path, await world.SendAsync(HttpMethod.Post, path, Json(body)), 400));
    }

    [Fact]
    public async Task Text_that_only_looks_like_none_goes_on()
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/chat/completions", """{"model":"claude","messages":[{"role":"user","content":"\\ud800 \\\\udc00 \ud83d\ude00 \u00e9"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"a\":\"\\\\ud83d\"}"}}]},{"role":"tool","tool_call_id":"1","content":"x"}]}""");
        Assert.True(got.Status is 200, got.Body);
        Got inner = await world.PostAsync("/v1/chat/completions", """{"model":"claude","messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"a\":\"\\ud83d\"}"}}]}]}""");
        Assert.Contains("messages[0].tool_calls[0].function.arguments", Refusals.Check("/v1/chat/completions", inner, 400));
    }

    [Theory, MemberData(nameof(Refusals.OfJson), MemberType = typeof(Refusals))]
    public async Task Another_type_of_content(string path)
    {
        await using World world = await World.StartAsync();
        foreach (string type in (string[])["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json", "application/jsonp", "application/octet-stream"])
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Hello));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            Assert.Contains("application/json", Refusals.Check(path, await world.SendAsync(HttpMethod.Post, path, content), 415));
        }

        Got page = await world.SendAsync(HttpMethod.Post, path, new ByteArrayContent(Encoding.UTF8.GetBytes(Hello)), ("Origin", "https://a-page.example"));
        Assert.Contains("application/json", Refusals.Check(path, page, 415));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    [InlineData("application/vnd.api+json")]
    [InlineData(null)]
    public async Task The_types_of_json_go_on(string? type)
    {
        await using World world = await World.StartAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Hello));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        Assert.Equal(200, (await world.SendAsync(HttpMethod.Post, "/v1/chat/completions", content)).Status);
    }

    [Theory, MemberData(nameof(Refusals.All), MemberType = typeof(Refusals))]
    public async Task A_packed_body_is_not_unpacked(string path)
    {
        await using World world = await World.StartAsync();
        foreach (string encoding in (string[])["gzip", "br", "zstd", "deflate", "gzip, gzip"])
        {
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(new byte[1024 * 1024]); // a kilobyte that becomes a megabyte
            ByteArrayContent content = Json(packed.ToArray());
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            Got got = await world.SendAsync(HttpMethod.Post, path, content);
            Refusals.Check(path, got, 415);
            Assert.Equal("identity", got.Headers["Accept-Encoding"]);
        }
    }

    [Theory]
    [InlineData("/v1/images/edits")]
    [InlineData("/v1/audio/transcriptions")]
    public async Task Forms_that_are_none(string path)
    {
        await using World world = await World.StartAsync();
        string many = string.Concat(Enumerable.Range(0, 100).Select(static i => $"--b\r\nContent-Disposition: form-data; name=\"f{i}\"\r\n\r\nx\r\n")) + "--b--\r\n";
        foreach ((string type, string body) in ((string, string)[])
            [("multipart/form-data", "x"), ("multipart/form-data; boundary=b", ""), ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\npict"), ("multipart/form-data; boundary=b", many), ("multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--\r\n"), ($"multipart/form-data; boundary={new string('b', 500)}", "x"), ("application/x-www-form-urlencoded", "model=%zz&file=%00")])
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            Refusals.Check(path, await world.SendAsync(HttpMethod.Post, path, content), 400);
        }
    }

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
