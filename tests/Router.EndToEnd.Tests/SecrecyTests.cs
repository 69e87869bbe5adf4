using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>A key goes into one header of a request to its own deployment, and nowhere else.</summary>
public sealed class SecrecyTests
{
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();

    public static MatrixTheoryData<Dialect, Way> TwoDialectsAndWays => new([Dialect.OpenAIChat, Dialect.AnthropicMessages], Enum.GetValues<Way>());

    public static MatrixTheoryData<Dialect, Way, string> Echoes => new(Dialects, Enum.GetValues<Way>(), EchoingAnswers.Keys);

    /// <summary>Where requests of each dialect go, and which header has the key, behind what.</summary>
    private static readonly Dictionary<Dialect, (string Path, string Header, string Prefix)> Addresses = new()
    {
        [Dialect.OpenAIChat] = ("/openai/v1/chat/completions", "Authorization", "Bearer "),
        [Dialect.AnthropicMessages] = ("/anthropic/v1/messages", "x-api-key", ""),
        [Dialect.Gemini] = ("/gemini/v1beta/models/gemini-3.5-flash:generateContent", "x-goog-api-key", ""),
    };

    /// <summary>Answers that say the key back, in every place that finds its way into a message.</summary>
    private static readonly Dictionary<string, Func<string, string>> EchoingAnswers = new()
    {
        ["the message of an error"] = key => ByteServer.Head(status: "401 Unauthorized") + Error($"Incorrect API key provided: {key}. Get another."),
        ["the code of an error"] = key => ByteServer.Head(status: "500 Oh") + $$$"""{"type":"error","error":{"type":"{{{key}}}","code":"{{{key}}}","message":"no"}}""",
        ["a message that is cut in the key"] = key => ByteServer.Head(status: "401 Unauthorized") + Error(new string('x', 490) + key + " is wrong"),
        ["a plain text"] = key => ByteServer.Head("text/plain", "403 Forbidden") + $"{key} may not do this",
        ["an error inside a success"] = key => ByteServer.Head() + Error($"what is {key}"),
        ["the event of an error"] = key => ByteServer.Head("text/event-stream") + $"event: error\ndata: {Error($"what is {key}")}\n\n",
        ["the status line"] = key => $"HTTP/1.1 {key}\r\n\r\n",
        ["the reason phrase"] = key => ByteServer.Head(status: $"500 {key}") + "{}",
        ["a header without a colon"] = key => ByteServer.Head(more: $"{key}\r\n") + "{}",
        ["the length of the body"] = key => ByteServer.Head(more: $"Content-Length: {key}\r\n") + "{}",
        ["the size of a chunk"] = key => ByteServer.Head(more: "Transfer-Encoding: chunked\r\n") + $"{key}\r\n{{}}",
        ["an answer that is no JSON"] = key => ByteServer.Head() + key,
    };

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task A_provider_that_echoes_the_key_finds_no_audience(Dialect dialect, Way way, string place)
    {
        var tags = new ConcurrentQueue<string>();
        using ActivityListener listener = ListenTo(tags);
        string key = World.KeyOf(dialect);
        await using ByteServer server = ByteServer.Answering(_ => EchoingAnswers[place](key));
        await using World world = await World.StartAsync((World.AddressOf(dialect), server.Address));
        ChatGroup group = world.Once(dialect);

        RoutingException failure = await group.FailAsync(way);
        RoutingException second = await group.FailAsync(way);

        Assert.Contains(key, server.Requests[0]); // It was there to be echoed.
        string[] told =
        [
            failure.ToString(), failure.Message, failure.ProviderMessage ?? "", .. failure.Attempts.Select(attempt => $"{attempt} {attempt.Message}"), second.ToString(),
            .. world.Log.Entries.Select(entry => entry.Text), .. tags,
            group.ToString(), .. group.Deployments.Select(deployment => deployment.ToString()),
            .. group.Status.Select(status => status.ToString()), JsonSerializer.Serialize(group.Status),
        ];
        Assert.All(told, text => Assert.DoesNotContain(key, text));
        Assert.All(told, text => Assert.DoesNotContain(key[..8], text)); // Nor the beginning of it.
    }

    [Theory]
    [MemberData(nameof(TwoDialectsAndWays))]
    public async Task Each_provider_gets_its_own_key_in_its_own_header(Dialect dialect, Way way)
    {
        await using World world = await World.StartAsync();
        world.Script(dialect).Always(Fault.Status(503));

        await world.Pair(dialect).AskAsync(way); // Both are asked.

        foreach (Dialect asked in (Dialect[])[dialect, World.Other(dialect)])
        {
            RecordedRequest request = Assert.Single(world.Script(asked).Requests);
            (string path, string header, string prefix) = Addresses[asked];
            Assert.Equal(asked is Dialect.Gemini && way is Way.Streamed ? path.Replace(":generate", ":streamGenerate") : path, request.Path);
            Assert.Equal(prefix + World.KeyOf(asked), request.Headers[header]);
            Assert.Equal("application/json", request.Headers["Content-Type"]);
            foreach (string other in Addresses.Values.Select(address => address.Header).Where(other => other != header)) Assert.False(request.Headers.ContainsKey(other), other);
            foreach (Dialect other in Dialects.Except([asked])) Assert.DoesNotContain(request.Headers, sent => sent.Value.Contains(World.KeyOf(other)));
            Assert.Equal(asked is Dialect.AnthropicMessages ? "2023-06-01" : null, request.Headers.GetValueOrDefault("anthropic-version"));
            Assert.DoesNotContain("secret", request.Body);
            Assert.StartsWith("RouterGen/", request.Headers["User-Agent"]);
            Assert.False(request.Headers.ContainsKey("Accept-Encoding"), "Nobody here could read a compressed answer.");
        }
    }

    [Theory]
    [InlineData(Way.Whole, "converse")]
    [InlineData(Way.Streamed, "converse-stream")]
    public async Task Bedrock_gets_its_key_and_the_model_in_the_path(Way way, string operation)
    {
        await using World world = await World.StartAsync();
        const string Arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0";

        Got got = await world.Fleet.ConverseProfile.AskAsync(way);

        Assert.Equal("converse/" + Arn, got.Deployment);
        RecordedRequest request = Assert.Single(world.Providers["converse/" + Arn].Requests);
        Assert.Equal($"/converse/model/{Arn.Replace("/", "%2F")}/{operation}", request.Path); // The server has decoded all but the slash.
        Assert.Equal("Bearer " + World.KeyOf(Dialect.BedrockConverse), request.Headers["Authorization"]);
        Assert.Equal("""{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}""", request.Body);
    }

    [Fact]
    public void Emitted_files_name_variables_and_hold_no_key()
    {
        string folder = typeof(SecrecyTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "GeneratedFiles").Value!;
        string[] files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);

        Assert.Contains(files, file => Path.GetFileName(file).Contains("Fleet.OpenaiFirst"));
        string all = string.Concat(files.Select(File.ReadAllText));
        Assert.Contains("\"OPENAI_API_KEY\"", all);
        foreach (string variable in (string[])["OPENAI_API_KEY", "ANTHROPIC_API_KEY"])
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key) Assert.DoesNotContain(key, all);
        }

        Assert.DoesNotContain("sk-", all);
    }

    private static string Error(string message) => $$$"""{"type":"error","error":{"type":"authentication_error","message":"{{{message}}}"}}""";

    private static ActivityListener ListenTo(ConcurrentQueue<string> tags)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            // Not the events: the platform's own HTTP activity has one with the exception as it was thrown.
            ActivityStopped = activity => tags.Enqueue($"{activity.DisplayName} {string.Join(" ", activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
