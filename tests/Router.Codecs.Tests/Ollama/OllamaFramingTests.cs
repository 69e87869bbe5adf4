using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OllamaChat;

/// <summary>Lines of JSON, however they arrive.</summary>
public class OllamaFramingTests
{
    private const string Lines = "{\"a\":\"ö\"}\n{\"b\":\"\\n\"}\r\n\n  \r\n{\"c\":3} \n";

    private static readonly string[] Expected = ["{\"a\":\"ö\"}", "{\"b\":\"\\n\"}", "{\"c\":3}"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_at_each_byte_the_lines_are_the_same(bool async)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Lines);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(Expected, await ReadAsync(bytes.AsSpan(0, cut), new Pieces([bytes[cut..]]), async));
            Assert.Equal(Expected, await ReadAsync(default, new Pieces([bytes[..cut], bytes[cut..]]), async));
        }

        Assert.Equal(Expected, await ReadAsync(default, new Pieces([.. bytes.Select(static b => (byte[])[b])]), async));
    }

    [Fact]
    public async Task What_was_begun_at_the_end_is_a_line()
    {
        Assert.Equal(["{\"a\":1}", "{\"b\""], await ReadAsync("{\"a\":1}\n"u8, new Pieces(["{\"b\""u8.ToArray()]), false));
        Assert.Equal(["{\"a\":1}"], await ReadAsync(default, new Pieces(["{\"a\":1}"u8.ToArray()]), false));
        Assert.Empty(await ReadAsync("\r\n \n"u8, new Pieces([]), false));
        Assert.Empty(await ReadAsync(default, new Pieces([]), false));
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_first_line()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. "{}\n{}"u8];
        Assert.Equal(["{}", "{}"], await ReadAsync(default, new Pieces([.. marked.Select(static b => (byte[])[b])]), false));
    }

    [Fact]
    public async Task A_line_may_be_longer_than_a_buffer_but_not_without_end()
    {
        string text = new('x', 300_000);
        Assert.Equal([text, "{}"], await ReadAsync(default, new Pieces([Encoding.UTF8.GetBytes(text), "\n{}"u8.ToArray()]), false));

        using var endless = new OllamaLineReader(new Endless(), default);
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            while (await endless.FillAsync(false, CancellationToken.None)) Assert.False(endless.TryRead(out _));
        });
        Assert.Contains("larger than 64 MB", exception.Message);
    }

    [Fact]
    public void A_reader_that_is_disposed_twice_gives_its_buffer_back_once()
    {
        var reader = new OllamaLineReader(new Pieces([]), "{}"u8);
        reader.Dispose();
        reader.Dispose();
        Assert.False(reader.TryRead(out _));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(" \r\n", null)]
    [InlineData("{", null)]
    [InlineData("{\"message\":{},\"done\":true}", null)] // A whole answer, as far as can be seen.
    [InlineData("{\"error\":\"x\"}\n", null)]
    [InlineData("{\"done\":false}\r\n{", true)]
    [InlineData("\uFEFF{\"done\":false}\n\n {\"", true)]
    [InlineData("{\n  \"message\": {\n", false)]
    [InlineData("{}\nrubbish", false)]
    [InlineData("<html>", false)]
    [InlineData("data: {}", false)]
    [InlineData("[", false)]
    public void A_second_object_behind_the_first_line_shows_a_stream(string start, bool? isStream)
    {
        Assert.Equal(isStream is not null, OllamaFraming.Instance.TryRecognize(Encoding.UTF8.GetBytes(start), out bool recognized));
        Assert.Equal(isStream is true, recognized);
    }

    [Fact]
    public void Recognition_is_the_same_however_the_beginning_arrives()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "{\"done\":false}\n{\"done\":true}\n"u8];
        int known = bytes.AsSpan().IndexOf((byte)'\n') + 2;
        for (int length = 1; length <= bytes.Length; length++)
        {
            Assert.Equal(length >= known, OllamaFraming.Instance.TryRecognize(bytes.AsSpan(0, length), out bool isStream));
            Assert.Equal(length >= known, isStream);
        }
    }

    [Fact]
    public void A_long_first_line_is_a_whole_answer()
    {
        byte[] start = new byte[64 * 1024];
        start.AsSpan().Fill((byte)'x');
        start[0] = (byte)'{';
        Assert.True(OllamaFraming.Instance.TryRecognize(start, out bool isStream));
        Assert.False(isStream);
        Assert.False(OllamaFraming.Instance.TryRecognize(start.AsSpan(0, start.Length - 1), out _));
    }

    private static Task<List<string>> ReadAsync(ReadOnlySpan<byte> start, Stream rest, bool async) => ReadAsync(OllamaFraming.Instance.Open(rest, start), async);

    private static async Task<List<string>> ReadAsync(StreamEventReader reader, bool async)
    {
        using (reader)
        {
            List<string> lines = [];
            do
            {
                while (reader.TryRead(out StreamEvent next))
                {
                    Assert.True(next.Type.IsEmpty);
                    lines.Add(Encoding.UTF8.GetString(next.Data));
                }
            }
            while (await reader.FillAsync(async, TestContext.Current.CancellationToken));
            Assert.False(await reader.FillAsync(async, TestContext.Current.CancellationToken));
            return lines;
        }
    }

    /// <summary>A stream that brings one piece with each read.</summary>
    private sealed class Pieces(byte[][] pieces) : MemoryStream
    {
        private readonly Queue<byte[]> _left = new(pieces.Where(static piece => piece.Length > 0));

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (!_left.TryDequeue(out byte[]? piece)) return 0;
            int taken = Math.Min(count, piece.Length);
            piece.AsSpan(0, taken).CopyTo(buffer.AsSpan(offset));
            if (taken < piece.Length)
            {
                byte[][] others = [.. _left];
                _left.Clear();
                _left.Enqueue(piece[taken..]);
                foreach (byte[] other in others) _left.Enqueue(other);
            }

            return taken;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            byte[] read = new byte[buffer.Length];
            int length = Read(read, 0, read.Length);
            read.AsMemory(0, length).CopyTo(buffer);
            return ValueTask.FromResult(length);
        }
    }

    private sealed class Endless : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'x');
            return count;
        }
    }
}
