using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class RequestContentTests
{
    private const string Body = """{"model":"m","stream":true}""";

    [Fact]
    public async Task It_sends_what_was_written_as_JSON_of_known_length()
    {
        RequestContent content = Content();
        Assert.Equal("application/json", content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal(Body.Length, content.Headers.ContentLength);

        var sent = new MemoryStream();
        await content.CopyToAsync(sent);
        Assert.Equal(Body, Encoding.UTF8.GetString(sent.ToArray()));

        sent = new MemoryStream();
        content.CopyTo(sent, null, default);
        Assert.Equal(Body, Encoding.UTF8.GetString(sent.ToArray()));
    }

    [Fact]
    public async Task It_is_released_once_it_was_sent()
    {
        RequestContent content = Content();
        Assert.False(content.TryClose());
        await content.CopyToAsync(Stream.Null);
        Assert.True(content.TryClose());

        content = Content();
        content.CopyTo(Stream.Null, null, default);
        Assert.True(content.TryClose());
    }

    [Fact]
    public async Task Once_released_it_cannot_be_sent_for_its_body_may_be_another_calls()
    {
        RequestContent content = Content();
        await content.CopyToAsync(Stream.Null);
        Assert.True(content.TryClose());
        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(Stream.Null));
        Assert.ThrowsAny<Exception>(() => content.CopyTo(Stream.Null, null, default));
        Assert.False(content.TryClose());
    }

    [Fact]
    public async Task While_it_is_being_sent_it_is_not_released()
    {
        RequestContent content = Content();
        var slow = new SlowStream();
        Task sending = content.CopyToAsync(slow);
        Assert.False(content.TryClose());
        slow.Written.SetResult();
        await sending;
        Assert.True(content.TryClose());
    }

    [Fact]
    public async Task While_it_is_being_sent_again_it_is_not_released()
    {
        RequestContent content = Content();
        await content.CopyToAsync(Stream.Null);
        var slow = new SlowStream();
        Task sending = content.CopyToAsync(slow);
        Assert.False(content.TryClose());
        slow.Written.SetResult();
        await sending;
        Assert.True(content.TryClose());
    }

    [Fact]
    public async Task A_connection_that_breaks_releases_it()
    {
        RequestContent content = Content();
        var slow = new SlowStream();
        Task sending = content.CopyToAsync(slow);
        slow.Written.SetException(new IOException("reset"));
        await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        Assert.True(content.TryClose());
    }

    private static RequestContent Content()
    {
        var writer = new RequestWriter();
        writer.StartObject("{\"model\":\"m\""u8).WriteBoolean("stream"u8, true);
        writer.EndObject();
        return new RequestContent(writer);
    }

    private sealed class SlowStream : MemoryStream
    {
        public TaskCompletionSource Written { get; } = new();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(Written.Task);
    }
}
