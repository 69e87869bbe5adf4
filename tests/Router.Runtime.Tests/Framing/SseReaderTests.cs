using RouterGen.Infrastructure;
using System.Text;

namespace RouterGen.Runtime.Tests;

public class SseReaderTests
{
    public static TheoryData<string, string[]> GoldenStreams => new()
    {
        { "data: a\n\ndata: b\n\n", ["|a", "|b"] },
        { "data: a\r\n\r\ndata: b\r\n\r\n", ["|a", "|b"] },
        { "data: a\r\rdata: b\r\r", ["|a", "|b"] },
        { "data: a\r\n\ndata: b\r\r\ndata: c\n\r", ["|a", "|b", "|c"] },
        { ": a comment\n\n:\ndata: a\n: another\n\n", ["|a"] },
        { "data: one\ndata: two\ndata:\ndata: four\n\n", ["|one\ntwo\n\nfour"] },
        { "data: one\r\ndata: two\r\n\r\n", ["|one\ntwo"] },
        { "\u00EF\u00BB\u00BFdata: a\n\n", ["|a"] },
        { "\u00EF\u00BBdata: a\n\ndata: b\n\n", ["|b"] },
        { "data:a\n\ndata:  b\n\n", ["|a", "| b"] },
        { "event: ping\ndata: {}\n\nevent:message_stop\ndata: {\"a\":1}\n\ndata: c\n\n", ["ping|{}", "message_stop|{\"a\":1}", "|c"] },
        { "data: a\nevent: last\n\n", ["last|a"] },
        { "data: a\nevent: kept\ndata: long enough to reach where the type was\n\n", ["kept|a\nlong enough to reach where the type was"] },
        { "event: first\nevent: second\ndata: a\n\n", ["second|a"] },
        { "event: x\nevent:\ndata: a\n\n", ["|a"] },
        { "id: 7\nretry: 10\nevents: x\ndatas: x\nDATA: x\n data: x\ndata: a\n\n", ["|a"] },
        { "event: lost\n\ndata: a\n\n", ["|a"] },
        { "event: lost\r\n\ndata: a\n\n", ["|a"] },
        { "event: lost\r\n\r\ndata: a\n\n", ["|a"] },
        { "event: lost\r\rdata: a\n\n", ["|a"] },
        { "event: lost\n\rdata: a\n\n", ["|a"] },
        { "data: a\n\ndata: b", ["|a", "|b"] },
        { "data: a\n\nevent: end\ndata: b\n", ["|a", "end|b"] },
        { "data: a\n\nevent: end\n", ["|a"] },
        { "data:\n\ndata\n\ndata\ndata\n\n", ["|", "|", "|\n"] },
        { "data: a:b: c\n\n", ["|a:b: c"] },
        { "\n\n\r\n\rdata: a\n\n\n\n", ["|a"] },
        { "data: \u00FF\u00FE\u0000\u00C3\n\n", ["|\u00FF\u00FE\u0000\u00C3"] },
        { "data: [DONE]\r\n\r", ["|[DONE]"] },
        { "", [] },
        { "\n", [] },
        { "data", ["|"] },
        { "dat", [] },
    };

    [Theory, MemberData(nameof(GoldenStreams))]
    public async Task A_golden_stream_gives_its_events_wherever_it_is_cut(string stream, string[] expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(stream);
        Assert.Equal(expected, SseReference.Parse(bytes).Select(Show));
        Assert.Equal(expected, await ReadAllAsync(ChunkedStream.InPiecesOf(int.MaxValue / 2, bytes)));
        Assert.Equal(expected, await ReadAllAsync(ChunkedStream.InPiecesOf(1, bytes)));
        for (int cut = 1; cut < bytes.Length; cut++)
            Assert.Equal(expected, await ReadAllAsync(new ChunkedStream([bytes.AsMemory(0, cut), bytes.AsMemory(cut)])));
    }

    [Fact]
    public async Task Any_bytes_in_any_pieces_are_read_as_the_standard_says()
    {
        string[] words = ["data", "event", ":", ": ", " ", "\n", "\r", "\r\n", "\n\n", "data: ", "event: ", "x", "0123456789abcdef", "\u00EF\u00BB\u00BF", "\u00EF", "id: 1", "data:\n"];
        var random = new Random(20260101);
        for (int round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            for (int i = random.Next(24); i >= 0; i--) text.Append(words[random.Next(words.Length)]);
            byte[] bytes = Encoding.Latin1.GetBytes(text.ToString());
            IEnumerable<string> expected = SseReference.Parse(bytes).Select(Show);
            List<string> actual = await ReadAllAsync(ChunkedStream.InPiecesOf(random.Next(1, bytes.Length + 1), bytes));
            Assert.True(expected.SequenceEqual(actual), $"Round {round}, stream {System.Text.Json.JsonSerializer.Serialize(text.ToString())}");
        }
    }

    [Theory]
    [InlineData(8 * 1024 - 8)]
    [InlineData(8 * 1024)]
    [InlineData(9_000)]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public async Task The_buffer_grows_with_the_event(int size)
    {
        string large = string.Concat(Enumerable.Range(0, size).Select(static i => (char)('a' + i % 26)));
        byte[] bytes = Encoding.Latin1.GetBytes($"data: before\n\nevent: large\ndata: {large}\ndata: {large}\n\ndata: after\n\n");
        foreach (int piece in new[] { 1000, 4096, bytes.Length })
        {
            List<string> events = await ReadAllAsync(ChunkedStream.InPiecesOf(piece, bytes));
            Assert.Equal(["|before", $"large|{large}\n{large}", "|after"], events);
        }
    }

    [Fact]
    public async Task A_type_longer_than_any_real_one_is_read_too()
    {
        string type = new('t', 20_000);
        List<string> events = await ReadAllAsync(ChunkedStream.InPiecesOf(999, Encoding.Latin1.GetBytes($"event: {type}\ndata: a\n\nevent: b\ndata: c\n\n")));
        Assert.Equal([$"{type}|a", "b|c"], events);
    }

    [Theory]
    [InlineData("x")]           // one line without an end
    [InlineData("data: x\n")]   // ever more lines of one event
    public async Task An_event_without_end_is_refused_at_16_MB(string repeated)
    {
        byte[] block = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(repeated, 64 * 1024 / repeated.Length)));
        var endless = new ChunkedStream(Enumerable.Repeat((ReadOnlyMemory<byte>)block, int.MaxValue));

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAllAsync(endless));
        Assert.InRange(endless.Delivered, SseReader.LargestEvent, SseReader.LargestEvent + block.Length);
    }

    [Fact]
    public async Task Comments_without_end_are_not_an_event_and_not_kept()
    {
        byte[] block = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(": still here\n", 5000)));
        IEnumerable<ReadOnlyMemory<byte>> patient = Enumerable.Repeat((ReadOnlyMemory<byte>)block, 300).Append("data: at last\n\n"u8.ToArray());
        Assert.Equal(["|at last"], await ReadAllAsync(new ChunkedStream(patient)));
    }

    [Fact]
    public async Task Parsing_allocates_nothing()
    {
        byte[] block = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("event: content_block_delta\ndata: {\"delta\":\ndata: \"text\"}\n\n", 40)));
        using var reader = new SseReader(new ChunkedStream(Enumerable.Repeat((ReadOnlyMemory<byte>)block, 30)));
        int events = 0;
        long allocated = 0;
        do
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int read = CountEvents(reader);
            if (events >= 100) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            events += read;
        }
        while (await reader.FillAsync(async: true, CancellationToken.None));

        Assert.Equal(1200, events);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task At_the_end_of_the_stream_it_says_whether_an_event_is_left()
    {
        using var reader = new SseReader(new MemoryStream("data: a"u8.ToArray()));
        Assert.False(reader.TryRead(out _));
        Assert.True(await reader.FillAsync(async: true, CancellationToken.None));
        Assert.False(reader.TryRead(out _));
        Assert.True(await reader.FillAsync(async: true, CancellationToken.None));
        Assert.True(reader.TryRead(out StreamEvent last));
        Assert.Equal("a"u8, last.Data);
        Assert.False(await reader.FillAsync(async: true, CancellationToken.None));
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public async Task A_cancelled_read_throws()
    {
        using var reader = new SseReader(new MemoryStream([1]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.FillAsync(async: true, new CancellationToken(canceled: true)).AsTask());
    }

    private static int CountEvents(SseReader reader)
    {
        int count = 0;
        while (reader.TryRead(out _)) count++;
        return count;
    }

    private static async Task<List<string>> ReadAllAsync(Stream stream)
    {
        using var reader = new SseReader(stream);
        List<string> events = [];
        do
        {
            while (reader.TryRead(out StreamEvent next)) events.Add(Show((Encoding.Latin1.GetString(next.Type), Encoding.Latin1.GetString(next.Data))));
        }
        while (await reader.FillAsync(async: true, CancellationToken.None));
        return events;
    }

    private static string Show((string Type, string Data) sse) => $"{sse.Type}|{sse.Data}";

    [Theory]
    [InlineData("{\"a\":1}\n{\"b\":\"}\\\"{\"}\n", "{\"a\":1}", "{\"b\":\"}\\\"{\"}")]
    [InlineData("{\n  \"a\": {\n\n \"b\": 2 }\n}", "{\n  \"a\": {\n\n \"b\": 2 }\n}")]
    [InlineData("\uFEFF\r\n  {\"a\":1}{\"b\":2}", "{\"a\":1}", "{\"b\":2}")]
    [InlineData("data: {\"a\":1}\n\n{\"b\":2}\ndata: [DONE]\n\n", "{\"a\":1}", "{\"b\":2}", "[DONE]")]
    [InlineData("data: {\"a\":1}\ndata: {\"b\":2}\ndata: [DONE]\n", "{\"a\":1}", "{\"b\":2}", "[DONE]")]
    [InlineData("data: {\"a\":\r\ndata: 1}\r\n\r\n", "{\"a\":\n1}")]
    [InlineData("{\"a\":1", "{\"a\":1")]
    public async Task Objects_are_events_wherever_a_line_begins(string text, params string[] expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int size = 1; size <= bytes.Length; size++)
        {
            using var reader = new SseReader(ChunkedStream.InPiecesOf(size, bytes));
            List<string> read = [];
            do
            {
                while (reader.TryRead(out StreamEvent next)) read.Add(Encoding.UTF8.GetString(next.Data));
            }
            while (await reader.FillAsync(async: true, CancellationToken.None));
            Assert.Equal(expected, read);
        }
    }
}
