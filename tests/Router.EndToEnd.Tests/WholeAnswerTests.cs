using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Answers that are none, or that are one in spite of their looks. Never a made-up answer, never a hang, never another exception.</summary>
public sealed class WholeAnswerTests : IAsyncLifetime
{
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();
    private World _world = null!;

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new(Dialects, Enum.GetValues<Way>());

    public static MatrixTheoryData<Dialect, Way, FaultKind> NoAnswers => new(Dialects, Enum.GetValues<Way>(),
    [
        FaultKind.TruncatedJson, FaultKind.Html, FaultKind.ErrorObject, FaultKind.Empty, FaultKind.EndEarly, FaultKind.Cut,
        FaultKind.ResetAfterHeaders, FaultKind.StreamError,
    ]);

    public static MatrixTheoryData<Dialect, Way, string> RawNoAnswers => new(Dialects, Enum.GetValues<Way>(), RawAnswers.Keys);

    /// <summary>Answers below what the fake providers can say.</summary>
    private static readonly Dictionary<string, (byte[][] Writes, Farewell Farewell)> RawAnswers = new()
    {
        ["204"] = ([Text("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")], Farewell.Close),
        ["gzip"] = ([Text(ByteServer.Head(more: "Content-Encoding: gzip\r\n")), [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xAB, 0xAE, 5, 0, 0x43, 0xBF, 0xA6, 0xA3, 2, 0, 0, 0]], Farewell.Close),
        ["no HTTP"] = ([Text("220 smtp.example.com ESMTP ready\r\n")], Farewell.Close),
        ["half a head"] = ([Text("HTTP/1.1 200 OK\r\nContent-Ty")], Farewell.Close),
        ["nothing"] = ([], Farewell.Close),
        ["reset"] = ([], Farewell.Reset),
        ["an endless head"] = ([Text("HTTP/1.1 200 OK\r\nX-Padding: "), Text(new string('a', 1024 * 1024)), Text("\r\n\r\n{}")], Farewell.Close),
        ["a shorter body than announced"] = ([Text(ByteServer.Head(more: "Content-Length: 9999\r\n") + "{\"id\":\"x\"")], Farewell.Close),
        ["a larger body announced than there is memory"] = ([Text(ByteServer.Head(more: "Content-Length: 9223372036854775807\r\n") + "{\"id\":\"x\"")], Farewell.Close),
        ["a broken chunk"] = ([Text(ByteServer.Head(more: "Transfer-Encoding: chunked\r\n") + "zz\r\n{}")], Farewell.Close),
        ["null"] = ([Text(ByteServer.Head() + "null")], Farewell.Close),
        ["an array"] = ([Text(ByteServer.Head() + "[]")], Farewell.Close),
        ["an empty object"] = ([Text(ByteServer.Head() + "{}")], Farewell.Close),
        ["deep nesting"] = ([Text(ByteServer.Head()), Text(new string('[', 100_000))], Farewell.Close),
        ["wrong types"] = ([Text(ByteServer.Head() + """{"id":7,"type":[],"content":{"x":1},"choices":{"y":2},"usage":"lots"}""")], Farewell.Close),
        ["NUL bytes"] = ([Text(ByteServer.Head()), new byte[1000]], Farewell.Close),
    };

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task What_is_no_answer_is_a_failure_and_another_answers(Dialect dialect, Way way, FaultKind fault)
    {
        _world.Script(dialect).Always(Fault.Of(fault));

        Got got = await _world.Pair(dialect).AskAsync(way);

        Assert.Equal(World.RescuerOf(dialect), got.Deployment);
        Assert.Contains(got.Attempts[0].Outcome, (FailureKind[])[FailureKind.InvalidResponse, FailureKind.ConnectionFailed, FailureKind.ServerError, FailureKind.Overloaded]);
        Assert.True(got.Attempts[0].Message is { Length: >= 10 }, $"No help: '{got.Attempts[0].Message}'");
        Assert.Equal(DeploymentHealth.CoolingDown, _world.Pair(dialect).Status[0].Health);
    }

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task What_is_no_answer_is_never_made_one(Dialect dialect, Way way, FaultKind fault)
    {
        _world.Script(dialect).Always(Fault.Of(fault));

        RoutingException failure = await _world.Once(dialect).FailAsync(way);

        Assert.Single(failure.Attempts);
        Assert.Null(failure.PartialResponse);
        Assert.Equal(0, _world.Once(dialect).Status[0].InFlight);
    }

    [Theory]
    [MemberData(nameof(RawNoAnswers))]
    public async Task Bytes_that_are_no_answer_are_a_failure(Dialect dialect, Way way, string bytes)
    {
        (byte[][] writes, Farewell farewell) = RawAnswers[bytes];
        await using ByteServer server = ByteServer.Sending(farewell, writes);
        await using World world = await World.StartAsync((World.AddressOf(dialect), server.Address));

        Got got = await world.Pair(dialect).AskAsync(way);

        Assert.Equal(World.RescuerOf(dialect), got.Deployment);
        Assert.Contains(got.Attempts[0].Outcome, (FailureKind[])[FailureKind.InvalidResponse, FailureKind.ConnectionFailed]);
        Assert.True(got.Attempts[0].Message is { Length: >= 10 }, $"No help: '{got.Attempts[0].Message}'");
        Assert.Single(server.Requests); // Nobody beneath us retries.
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_good_answer_of_the_wrong_type_is_an_answer(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.Of(FaultKind.WrongContentType));

        Got got = await _world.Pair(dialect).AskAsync(way);

        Assert.Equal(World.NameOf(dialect), got.Deployment);
        Assert.EndsWith("You said: \"Hi\"", got.Text);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat, Way.Whole)]
    [InlineData(Dialect.AnthropicMessages, Way.Whole)]
    [InlineData(Dialect.Gemini, Way.Whole)]
    [InlineData(Dialect.OpenAIChat, Way.Synchronous)]
    [InlineData(Dialect.AnthropicMessages, Way.Synchronous)]
    [InlineData(Dialect.Gemini, Way.Synchronous)]
    public async Task A_byte_that_UTF8_does_not_have_is_no_answer(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.Of(FaultKind.InvalidUtf8));

        Got got = await _world.Pair(dialect).AskAsync(way);

        Assert.Equal([FailureKind.InvalidResponse, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_redirect_is_not_followed_and_the_key_stays_at_home(Dialect dialect, Way way)
    {
        await using ByteServer elsewhere = ByteServer.Sending(Farewell.Close, ByteServer.Head() + "{}");
        _world.Script(dialect).Always(Fault.Redirect(elsewhere.Address + "/v1/messages"));

        Got got = await _world.Pair(dialect).AskAsync(way);

        Assert.Equal([FailureKind.Redirected, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(307, got.Attempts[0].StatusCode);
        Assert.Contains("redirect", got.Attempts[0].Message);
        Assert.Empty(elsewhere.Requests);
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
