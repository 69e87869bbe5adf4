using System.Text;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.Bedrock.EventStreamFrames;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>Frames of AWS event streams: read wherever the stream is cut, and not believed where anything about them is wrong.</summary>
public class EventStreamTests
{
    // The vectors of aws-c-event-stream (tests/message_deserializer_test.c): no header and no payload, a payload, and a header as well.
    private const string Empty = "000000100000000005C248EB7D98C8FF";
    private const string PayloadOnly = "0000001D00000000FD528C5A7B27666F6F273A27626172277DC3653936";
    private const string OneHeader = "0000003D0000002007FD83960C636F6E74656E742D747970650700106170706C69636174696F6E2F6A736F6E7B27666F6F273A27626172277D8D9C08B1";

    private static readonly byte[] Golden =
    [
        .. Event("messageStart", """{"role":"assistant"}"""),
        .. Event("contentBlockDelta", """{"delta":{"text":"Hi"}}"""),
        .. Event("messageStop", ""),
        .. Exception("throttlingException", """{"message":"slow"}"""),
        .. Error("InternalFailure", "gone"),
    ];

    private static readonly string[] GoldenEvents =
        ["messageStart|{\"role\":\"assistant\"}", "contentBlockDelta|{\"delta\":{\"text\":\"Hi\"}}", "messageStop|", "!throttlingException|{\"message\":\"slow\"}", "!InternalFailure|gone"];

    [Theory]
    [InlineData(Empty, "|")]
    [InlineData(PayloadOnly, "|{'foo':'bar'}")]
    [InlineData(OneHeader, "|{'foo':'bar'}")]
    public void Published_vectors_are_read(string hex, string expected)
    {
        byte[] frame = Convert.FromHexString(hex);
        Assert.Equal([expected], Read(frame));
        Assert.Equal(EventStreamPrelude.TryRead(frame, out EventStreamPrelude prelude), prelude.Length == frame.Length);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("a", 0xE8B7BE43u)]
    [InlineData("abc", 0x352441C2u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void The_checksum_has_its_published_values(string text, uint expected) => Assert.Equal(expected, EventStreamChecksum.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_checksum_is_that_of_bits_at_each_length()
    {
        byte[] bytes = new byte[67];
        new Random(7).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++) Assert.Equal(Checksum(bytes.AsSpan(0, length)), EventStreamChecksum.Of(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Wherever_a_stream_is_cut_the_events_are_the_same()
    {
        Assert.Equal(GoldenEvents, Read(Golden));
        for (int at = 0; at <= Golden.Length; at++)
        {
            Assert.Equal(GoldenEvents, Read(Golden[..at], Golden[at..]));
            Assert.Equal(GoldenEvents, ReadFrom(Golden[..at], Golden[at..])); // the first part was looked at before
        }

        Assert.Equal(GoldenEvents, Read([.. Golden.Select(static one => new[] { one })]));
    }

    [Fact]
    public async Task A_stream_is_read_without_blocking_too()
    {
        using var reader = new EventStreamReader(new Parts([Golden[..20], Golden[20..]]));
        List<string> events = [];
        do
        {
            while (reader.TryRead(out StreamEvent next)) events.Add(Told(next));
        }
        while (await reader.FillAsync(async: true, TestContext.Current.CancellationToken));

        Assert.Equal(GoldenEvents, events);
    }

    [Fact]
    public void A_stream_that_ends_within_a_frame_is_damaged()
    {
        byte[] frame = Event("a", "{}");
        for (int length = 1; length < frame.Length; length++) Assert.Throws<InvalidDataException>(() => Read(frame[..length]));
        Assert.Equal(["a|{}"], Read(frame));
        Assert.Empty(Read([]));
    }

    [Fact]
    public void Each_byte_of_a_frame_is_under_a_checksum()
    {
        byte[] frame = Event("contentBlockDelta", """{"delta":{"text":"Hi"}}""");
        for (int at = 0; at < frame.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] spoilt = [.. frame];
                spoilt[at] ^= (byte)(1 << bit);
                Assert.Throws<InvalidDataException>(() => Read(spoilt));
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(15, 0)]
    [InlineData(16, 1)]
    [InlineData(1 << 24, 0)]
    [InlineData(-1, 0)]
    [InlineData(40, 25)]
    [InlineData(40, -1)]
    public void Lengths_that_cannot_be_true_are_not_believed(int length, int headersLength)
    {
        byte[] frame = Frame([], new byte[24], length, headersLength);
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => Read(frame));
        bool isLarge = length is -1 or 1 << 24 && headersLength >= 0;
        Assert.Equal(isLarge, thrown.Message.Contains("larger than"));
        Assert.True(EventStreamFraming.Instance.TryRecognize(frame, out bool isStream));
        Assert.False(isStream);
    }

    [Fact]
    public void Values_of_all_types_are_passed_over()
    {
        byte[] headers =
        [
            .. Header("t", 0, []), .. Header("f", 1, []), .. Header("b", 2, [1]), .. Header("s", 3, [1, 2]), .. Header("i", 4, [1, 2, 3, 4]), .. Header("l", 5, new byte[8]),
            .. Header("r", 6, [0, 3, 1, 2, 3]), .. Text("x", "y"), .. Header("d", 8, new byte[8]), .. Header("u", 9, new byte[16]),
            .. Text(":event-type", "last"), .. Header(":message-type", 0, []),
        ];
        Assert.Equal(["last|data"], Read(Frame(headers, "data"u8.ToArray())));
    }

    [Theory]
    [InlineData("00070000")] // no name
    [InlineData("0561")] // a name that is cut
    [InlineData("0161")] // no type
    [InlineData("01610A")] // a type that the format does not have
    [InlineData("0161FF")]
    [InlineData("0161040000")] // a number that is cut
    [InlineData("01610700")] // a length that is cut
    [InlineData("016107000278")] // a text that is cut
    [InlineData("016106FFFF")]
    public void Damaged_headers_are_no_frame(string headers) => Assert.Throws<InvalidDataException>(() => Read(Frame(Convert.FromHexString(headers), [])));

    [Fact]
    public void An_error_that_does_not_say_what_it_is_is_an_error()
    {
        Assert.Equal(["!|{}"], Read(Frame(Text(":message-type", "exception"), "{}"u8.ToArray())));
        Assert.Equal(["!|"], Read(Frame(Text(":message-type", "error"), [])));
        Assert.Equal(["!c|{}"], Read(Frame([.. Text(":error-code", "c"), .. Text(":error-message", "m"), .. Text(":message-type", "error")], "{}"u8.ToArray())));
        Assert.Equal(["!|x"], Read(Frame([.. Text(":exception-type", ""), .. Text(":message-type", "exception")], "x"u8.ToArray())));
    }

    [Fact]
    public void A_stream_is_recognised_by_its_first_twelve_bytes()
    {
        byte[] frame = Event("messageStart", "{}");
        for (int length = 1; length < 12; length++)
        {
            Assert.False(EventStreamFraming.Instance.TryRecognize(frame.AsSpan(0, length), out bool early));
            Assert.False(early);
        }

        Assert.True(EventStreamFraming.Instance.TryRecognize(frame.AsSpan(0, 12), out bool isStream));
        Assert.True(isStream);
        foreach (string other in (string[])["{", " {\"a\":1}", "<html>", "data: x", "\uFEFF{}"])
        {
            Assert.True(EventStreamFraming.Instance.TryRecognize(Encoding.UTF8.GetBytes(other), out isStream));
            Assert.False(isStream);
        }
    }

    [Fact]
    public void A_frame_may_be_large_but_not_too_large()
    {
        byte[] large = Event("a", new string('x', 3_000_000));
        Assert.Equal(3_000_000 + 2, Assert.Single(Read([.. large.Chunk(70_000)])).Length);

        // A length is not believed before the bytes are there.
        byte[] lying = Frame([], new byte[100], (1 << 24) - 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Read(lying));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Random_bytes_are_no_stream()
    {
        var random = new Random(20260105);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(1, 80)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0) bytes[0] = 0;
            Assert.Throws<InvalidDataException>(() => Read(bytes));
        }
    }

    private static List<string> Read(params byte[][] parts) => ReadFrom([], parts);

    private static List<string> ReadFrom(byte[] start, params byte[][] parts)
    {
        using var reader = new EventStreamReader(new Parts(parts), start);
        List<string> events = [];
        do
        {
            while (reader.TryRead(out StreamEvent next)) events.Add(Told(next));
        }
        while (reader.FillAsync(async: false, CancellationToken.None).GetAwaiter().GetResult());

        Assert.False(reader.TryRead(out _));
        return events;
    }

    private static string Told(StreamEvent next) => $"{Encoding.UTF8.GetString(next.Type)}|{Encoding.UTF8.GetString(next.Data)}";

    /// <summary>A stream that gives one part with each read.</summary>
    private sealed class Parts(byte[][] parts) : MemoryStream
    {
        private readonly Queue<byte[]> _parts = new(parts.Where(static part => part.Length > 0));

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (!_parts.TryDequeue(out byte[]? part)) return 0;
            int length = Math.Min(part.Length, count);
            part.AsSpan(0, length).CopyTo(buffer.AsSpan(offset));
            if (length == part.Length) return length;
            byte[][] rest = [part[length..], .. _parts];
            _parts.Clear();
            foreach (byte[] one in rest) _parts.Enqueue(one);
            return length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            byte[] read = new byte[buffer.Length];
            int length = Read(read, 0, read.Length);
            read.AsSpan(0, length).CopyTo(buffer.Span);
            return new(length);
        }
    }
}
