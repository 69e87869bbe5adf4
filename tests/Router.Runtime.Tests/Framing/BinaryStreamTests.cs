using System.Net.Http.Headers;
using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests.Framing;

/// <summary>Streams that are no server-sent events run through all of the router.</summary>
public sealed class BinaryStreamTests
{
    private readonly TestRouter _router = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task A_stream_is_read_however_it_is_cut_into_pieces(int size)
    {
        Transport("a", ChunkedStream.InPiecesOf(size, Frames("[role]", "Hel", "lo", "[end]")));

        List<ChatResponseUpdate> updates = await ReadAsync(Group());

        Assert.Equal("Hello", string.Concat(updates.Select(static update => update.Text)));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/octet-stream")]
    public async Task It_is_recognized_whatever_its_content_type_says(string type)
    {
        Transport("a", new MemoryStream(Frames("Hello", "[end]")), type);
        TestGroup group = Group();

        Assert.Equal("Hello", string.Concat((await ReadAsync(group)).Select(static update => update.Text)));
        Transport("a", new MemoryStream(Frames("Hel", "lo", "[end]")), type);
        Assert.Equal("Hello", (await group.CompleteAsync("Hi")).Text); // A server that streams whatever it is asked for.
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task A_damaged_frame_before_the_first_content_fails_over(int damaged)
    {
        byte[] bytes = Frames("Hello", "[end]");
        bytes[damaged] ^= 0x40;
        Transport("a", new MemoryStream(bytes));
        Transport("b", new MemoryStream(Frames("Hello from b", "[end]")));

        List<ChatResponseUpdate> updates = await ReadAsync(Group());

        Assert.Equal("Hello from b", string.Concat(updates.Select(static update => update.Text)));
        Assert.Equal(FailureKind.InvalidResponse, ((RoutedResponseUpdate)updates[^1]).Attempts[0].Outcome);
    }

    [Fact]
    public async Task A_damaged_frame_after_it_is_a_failure_with_what_had_arrived()
    {
        byte[] bytes = Frames("Hello", "[end]");
        bytes[^1] ^= 1;
        Transport("a", new MemoryStream(bytes));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => ReadAsync(Group()));

        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains("A frame's checksum is wrong.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Hello", failure.PartialResponse?.Text);
    }

    [Fact]
    public async Task A_stream_that_is_cut_within_a_frame_is_no_clean_end()
    {
        byte[] bytes = Frames("Hello", "[end]");
        Transport("a", new MemoryStream(bytes[..^2]));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => ReadAsync(Group()));

        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
    }

    [Fact]
    public async Task Damage_after_the_reason_to_stop_fails_no_answer()
    {
        Transport("a", new MemoryStream([.. Frames("Hello", "[finish]"), 1, 2, 3, 4, 5, 6, 7, 8]));

        List<ChatResponseUpdate> updates = await ReadAsync(Group());

        Assert.Equal("Hello", string.Concat(updates.Select(static update => update.Text)));
    }

    private static byte[] Frames(params string[] events) => [.. events.SelectMany(static text => BinaryFraming.Frame("delta", text))];

    private TestGroup Group() => _router.Group([.. "ab".Select(static (name, order) => TestRouter.Deployment(name.ToString(), order: order, codec: new PlainCodec { Frames = new BinaryFraming() }))]);

    private void Transport(string host, Stream body, string type = "application/vnd.frames") => _router.Transport.On(host, (_, _) =>
    {
        var content = new StreamContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return Task.FromResult(new HttpResponseMessage { Content = content });
    });

    private static async Task<List<ChatResponseUpdate>> ReadAsync(TestGroup group)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) updates.Add(update);
        return updates;
    }
}
