using System.Net;

namespace RouterGen.Runtime.Tests;

public class ResponseBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public async Task A_body_is_read_whole_in_whatever_pieces_it_comes(int size)
    {
        byte[] bytes = Bytes(size);
        foreach (int piece in new[] { Math.Max(1, size / 100), 4096, int.MaxValue / 2 })
        {
            foreach (long? announced in new long?[] { null, size })
            {
                await AssertReadAsync(bytes, Content(ChunkedStream.InPiecesOf(piece, bytes), announced), GroupProperties.DefaultMaxAnswerBytes, isWhole: true);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(5_000)]
    [InlineData(1_000_000_000_000)]
    public async Task What_was_announced_is_not_believed(long announced)
    {
        byte[] bytes = Bytes(2_000);
        await AssertReadAsync(bytes, Content(ChunkedStream.InPiecesOf(300, bytes), announced), GroupProperties.DefaultMaxAnswerBytes, isWhole: true);
    }

    [Fact]
    public async Task Announced_megabytes_are_not_allocated_before_they_arrive()
    {
        using StreamHolder content = Content(new MemoryStream(Bytes(10)), announced: 50_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ResponseBody body = await ResponseBody.ReadAsync(content, GroupProperties.DefaultMaxAnswerBytes, async: false, stopsAt: null, default);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(50_000, false)]
    public async Task What_exceeds_the_limit_is_cut_off_and_said_to_be(int size, bool isWhole)
    {
        byte[] bytes = Bytes(size);
        foreach (long? announced in new long?[] { null, size, 10, 1000 })
        {
            await AssertReadAsync(bytes[..Math.Min(size, 1000)], Content(ChunkedStream.InPiecesOf(64, bytes), announced), limit: 1000, isWhole);
        }
    }

    [Fact]
    public async Task A_body_without_end_is_read_up_to_the_limit()
    {
        var endless = new ChunkedStream(Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[1000], int.MaxValue));
        using ResponseBody body = await ResponseBody.ReadAsync(Content(endless, null), 100_000, async: true, stopsAt: null, default);
        Assert.False(body.IsWhole);
        Assert.Equal(100_000, body.Span.Length);
        Assert.Equal(100_001, endless.Delivered);
    }

    [Fact]
    public async Task Cancellation_ends_the_read()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            (await ResponseBody.ReadAsync(Content(new MemoryStream(Bytes(10)), null), 1000, async: true, stopsAt: null, cancelled.Token)).Dispose());
    }

    [Fact]
    public void Cancellation_ends_a_synchronous_read_that_blocks()
    {
        using var caller = new CancellationTokenSource();
        using var stream = new BlockingStream();
        Exception? thrown = null;
        var reading = new Thread(() => thrown = Record.Exception(() => _ = ResponseBody.ReadAsync(Content(stream, null), 1000, async: false, stopsAt: null, caller.Token).GetAwaiter().GetResult()));
        reading.Start();
        stream.Reading.Wait();
        caller.Cancel();
        reading.Join();
        Assert.IsAssignableFrom<OperationCanceledException>(thrown);
    }

    [Fact]
    public async Task A_stream_that_breaks_throws_what_it_throws()
    {
        var broken = new ChunkedStream(Break());
        await Assert.ThrowsAsync<IOException>(async () => (await ResponseBody.ReadAsync(Content(broken, null), 1000, async: true, stopsAt: null, default)).Dispose());

        static IEnumerable<ReadOnlyMemory<byte>> Break()
        {
            yield return new byte[10];
            throw new IOException("reset");
        }
    }

    private static async Task AssertReadAsync(byte[] expected, HttpContent content, int limit, bool isWhole)
    {
        using ResponseBody body = await ResponseBody.ReadAsync(content, limit, async: true, stopsAt: null, default);
        Assert.Equal(isWhole, body.IsWhole);
        Assert.True(body.Span.SequenceEqual(expected));
    }

    private static byte[] Bytes(int size) => [.. Enumerable.Range(0, size).Select(static i => (byte)(i * 31 + (i >> 8)))];

    private static StreamHolder Content(Stream stream, long? announced)
    {
        var content = new StreamHolder(stream);
        content.Headers.ContentLength = announced;
        return content;
    }

    /// <summary>A content that hands out its stream as the transport does: as it is, without buffering it.</summary>
    private sealed class StreamHolder(Stream stream) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(stream);

        protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => stream;

        protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>Nothing ever arrives; disposing it ends a read, as it does on a socket.</summary>
    private sealed class BlockingStream : MemoryStream
    {
        private readonly ManualResetEventSlim _closed = new();

        public ManualResetEventSlim Reading { get; } = new();

        public override int Read(byte[] buffer, int offset, int count)
        {
            Reading.Set();
            _closed.Wait();
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }
}
