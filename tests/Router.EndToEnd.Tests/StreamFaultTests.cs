using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>What goes wrong with a stream: before the first content nobody notices, after it the caller is told and keeps what had arrived.</summary>
public sealed class StreamFaultTests : IAsyncLifetime
{
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();
    private World _world = null!;

    public static MatrixTheoryData<Dialect, FaultKind> EarlyFaults => new(Dialects,
        [FaultKind.Cut, FaultKind.EndEarly, FaultKind.StreamError, FaultKind.ResetAfterHeaders, FaultKind.TruncatedJson, FaultKind.ErrorObject, FaultKind.Empty, FaultKind.Html]);

    public static MatrixTheoryData<Dialect, FaultKind> LateFaults => new(Dialects, [FaultKind.Cut, FaultKind.EndEarly, FaultKind.Stall, FaultKind.StreamError]);

    public static MatrixTheoryData<Dialect, FaultKind> LegalForms => new(Dialects, [FaultKind.CrLf, FaultKind.Comments, FaultKind.SingleBytes]);

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(EarlyFaults))]
    public async Task Before_the_first_content_another_deployment_takes_over_unnoticed(Dialect dialect, FaultKind fault)
    {
        _world.Script(dialect).Always(Fault.Of(fault));

        List<ChatResponseUpdate> updates = await Asking.PlayAsync(_world.Pair(dialect).StreamAsync("Hi"));

        var last = Assert.IsType<RoutedResponseUpdate>(updates[^1]);
        Assert.Equal(World.RescuerOf(dialect), last.Deployment);
        Assert.Equal(2, last.Attempts.Count);
        string model = World.RescuerOf(dialect).Split('/')[1];
        Assert.All(updates, update => Assert.True(update.ModelId is null || update.ModelId == model, "An update of the failed stream reached the caller."));
        Assert.Equal($"Hello from {model}. You said: \"Hi\"", updates.ToChatResponse().Text);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    [InlineData(Dialect.BedrockConverse)]
    [InlineData(Dialect.CohereChat)]
    [InlineData(Dialect.OllamaChat)]
    public async Task A_stream_whose_first_content_does_not_come_is_left_in_time(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.StallAfter(0));

        List<ChatResponseUpdate> updates = await Asking.PlayAsync(_world.Impatient(dialect).StreamAsync("Hi"));

        var last = Assert.IsType<RoutedResponseUpdate>(updates[^1]);
        Assert.Equal("openai/gpt-4.1-nano", last.Deployment);
        Assert.All(last.Attempts.SkipLast(1), attempt => Assert.Equal(FailureKind.Timeout, attempt.Outcome));
        Assert.Contains("FirstTokenTimeoutSeconds", last.Attempts[0].Message);
        await _world.Script(dialect).WaitUntilAsync(script => script.Aborted == last.Attempts.Count - 1);
    }

    [Theory]
    [MemberData(nameof(LateFaults))]
    public async Task After_the_first_content_the_caller_is_told_and_keeps_what_had_arrived(Dialect dialect, FaultKind fault)
    {
        _world.Script(dialect).Always(new Fault(fault, After: 3)).ReplyWith(new Reply { Text = "one two three four five" });
        ChatGroup group = fault is FaultKind.Stall ? _world.Restless(dialect) : _world.Pair(dialect);
        var text = new StringBuilder();

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) text.Append(update.Text);
        });

        Assert.Equal("one two three ", text.ToString());
        Assert.Equal("one two three ", failure.PartialResponse!.Text);
        Assert.Single(failure.Attempts);
        Assert.Equal(failure.Kind, failure.Attempts[0].Outcome);
        FailureKind[] expected = fault switch
        {
            FaultKind.Cut => [FailureKind.ConnectionFailed],
            FaultKind.EndEarly => [FailureKind.InvalidResponse],
            FaultKind.Stall => [FailureKind.Timeout],
            _ => [World.StreamErrorOf(dialect)],
        };
        Assert.Contains(failure.Kind, expected);
        Assert.Contains(World.NameOf(dialect), failure.Message);
        Assert.Equal(0, _world.Script(World.Other(dialect)).Calls);
        Assert.Equal(0, group.Status[0].InFlight);
        Assert.Equal(1, group.Status[0].FailuresInARow);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    [InlineData(Dialect.BedrockConverse)]
    [InlineData(Dialect.CohereChat)]
    [InlineData(Dialect.OllamaChat)]
    public async Task An_event_that_is_no_JSON_breaks_the_stream(Dialect dialect)
    {
        _world.Script(dialect).Next(Fault.GarbageAfter(0));

        Got got = await _world.Pair(dialect).AskAsync(Way.Streamed);
        Assert.Equal([FailureKind.InvalidResponse, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));

        await using World world = await World.StartAsync(); // In the first one the deployment cools down, for this group as well.
        world.Script(dialect).Next(Fault.GarbageAfter(2)).ReplyWith(new Reply { Text = "one two three" });
        RoutingException failure = await world.Once(dialect).FailAsync(Way.Streamed);
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Equal("one two ", failure.PartialResponse!.Text);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    [InlineData(Dialect.BedrockConverse)]
    [InlineData(Dialect.CohereChat)]
    public async Task A_stream_without_its_terminator_is_complete(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.Of(FaultKind.MissingTerminator)).ReplyWith(new Reply { Text = "all of it" });

        Got got = await _world.Pair(dialect).AskAsync(Way.Streamed);

        Assert.Equal("all of it", got.Text);
        Assert.Equal(FailureKind.None, Assert.Single(got.Attempts).Outcome);
        Assert.All(_world.Pair(dialect).Status, status => Assert.Equal((DeploymentHealth.Healthy, 0), (status.Health, status.Failures)));
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    [InlineData(Dialect.BedrockConverse)]
    [InlineData(Dialect.CohereChat)]
    [InlineData(Dialect.OllamaChat)]
    public async Task A_byte_that_UTF8_does_not_have_breaks_the_stream(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.Of(FaultKind.InvalidUtf8)); // In the second word.

        RoutingException failure = await _world.Pair(dialect).FailAsync(Way.Streamed);

        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Equal("Un ", failure.PartialResponse!.Text);
    }

    [Theory]
    [MemberData(nameof(LegalForms))]
    public async Task What_the_format_allows_is_read(Dialect dialect, FaultKind form)
    {
        const string text = "Grüße, 世界 🌍: \"quoted\"\nand a second line\u2028.";
        _world.Script(dialect).Always(Fault.Of(form)).ReplyWith(new Reply { Text = text });

        Got got = await _world.Pair(dialect).AskAsync(Way.Streamed);

        Assert.Equal(text, got.Text);
        Assert.Single(got.Attempts);
        Assert.Equal(ChatFinishReason.Stop, got.FinishReason);
        Assert.NotNull(got.Usage);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    [InlineData(Dialect.CohereChat)]
    [InlineData(Dialect.OllamaChat)]
    public async Task Characters_may_be_split_between_packets_and_the_last_blank_line_may_be_missing(Dialect dialect)
    {
        // Raw UTF-8, not the escapes that the fake providers write; each byte of the text's event is a write of its own.
        (string before, string text, string after) = dialect switch
        {
            Dialect.OpenAIChat =>
                ("data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße, 世界 🌍\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n"),
            Dialect.AnthropicMessages =>
                ("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"c\",\"model\":\"m\",\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}\n\n" +
                "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Grüße, 世界 🌍\"}}\n\n",
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n" +
                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}\n\n" +
                "event: message_stop\ndata: {\"type\":\"message_stop\"}\n"),
            Dialect.Gemini => ("",
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Grüße, 世界 🌍\"}]}}]}\n\n",
                "data: {\"candidates\":[{\"content\":{\"parts\":[]},\"finishReason\":\"STOP\"}]}\n"),
            Dialect.CohereChat =>
                ("event: message-start\ndata: {\"id\":\"c\",\"type\":\"message-start\"}\n\n",
                "event: content-delta\ndata: {\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"Grüße, 世界 🌍\"}}}}\n\n",
                "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\"}}\n"),
            _ =>
                ("{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":false}\n",
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Grüße, 世界 🌍\"},\"done\":false}\n",
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}"),
        };
        byte[][] writes =
        [
            Encoding.UTF8.GetBytes(ByteServer.Head(dialect is Dialect.OllamaChat ? "application/x-ndjson" : "text/event-stream") + before),
            .. Encoding.UTF8.GetBytes(text).Select(b => (byte[])[b]),
            Encoding.UTF8.GetBytes(after),
        ];
        await using ByteServer server = ByteServer.Sending(Farewell.Close, writes);
        await using World world = await World.StartAsync((World.AddressOf(dialect), server.Address));

        Got got = await world.Once(dialect).AskAsync(Way.Streamed);

        Assert.Equal("Grüße, 世界 🌍", got.Text);
        Assert.Equal(ChatFinishReason.Stop, got.FinishReason);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.OpenAIResponses)]
    [InlineData(Dialect.Gemini)]
    [InlineData(Dialect.BedrockConverse)]
    [InlineData(Dialect.CohereChat)]
    [InlineData(Dialect.OllamaChat)]
    public async Task A_whole_answer_where_a_stream_was_asked_for_is_an_answer(Dialect dialect)
    {
        await using ByteServer server = ByteServer.Sending(Farewell.Close, ByteServer.Head() + World.AnswerOf(dialect, "whole"));
        await using World world = await World.StartAsync((World.AddressOf(dialect), server.Address));

        Got got = await world.Once(dialect).AskAsync(Way.Streamed);

        Assert.Equal("whole", got.Text);
        Assert.Equal(5, got.Usage!.TotalTokenCount);
        Assert.NotNull(got.Cost);
    }
}
