using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Fuzzing;

/// <summary>The reader of server-sent events: it throws nothing, and wherever the stream is cut, the events are the same.</summary>
internal sealed class SseTarget : Target
{
    public override string Name => "sse";

    public override IEnumerable<string> Seeds =>
    [
        "data: a\n\nevent: b\r\ndata: {\"c\":1}\rdata: d\n\n: comment\nid: 7\n\ndata: [DONE]\n\n",
        "\uFEFFdata: one\ndata: two\n\n{\"a\":\"}\"}\n{\"b\":[{}]}\ndata: {\"c\":1}\ndata: {\"d\":2}\n",
    ];

    public override void Run(byte[] input)
    {
        List<string> whole = Read(new Pieces(input, largest: int.MaxValue - 1, seed: 0), input.Length);
        int seed = input.Length == 0 ? 0 : input[^1] << 8 | input[0];
        foreach (int largest in (ReadOnlySpan<int>)[1, 2, 7, 64])
        {
            List<string> parted = Read(new Pieces(input, largest, seed), input.Length);
            Demand(whole.SequenceEqual(parted), $"In pieces of up to {largest} the events are [{string.Join(" | ", parted)}], in one piece [{string.Join(" | ", whole)}].");
        }
    }

    /// <summary>Reads all events of a stream, as text.</summary>
    public static List<string> Read(Stream stream, int length)
    {
        using var reader = new SseReader(stream);
        List<string> events = [];
        int fills = 0;
        bool isOpen = true;
        while (true)
        {
            while (reader.TryRead(out StreamEvent next)) events.Add($"{Encoding.Latin1.GetString(next.Type)}: {Encoding.Latin1.GetString(next.Data)}");
            if (!isOpen) return events;
            isOpen = reader.FillAsync(async: false, CancellationToken.None).GetAwaiter().GetResult();
            Demand(++fills <= length + 2, "It reads on behind the end of the stream.");
        }
    }
}
