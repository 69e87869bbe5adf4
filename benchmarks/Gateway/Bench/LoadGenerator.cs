using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.Benchmarks.Gateway;

/// <summary>Clients that each have a connection, and ask anew as soon as they have an answer.</summary>
internal sealed class LoadGenerator(IPEndPoint address, Work work, string key, string headers)
{
    private static readonly double MicrosecondsPerTick = 1_000_000.0 / Stopwatch.Frequency;

    /// <summary>Asks for a time.</summary>
    /// <returns>How long each answer took, and each delta on its way, in µs.</returns>
    /// <exception cref="InvalidOperationException">An answer is not what was asked for.</exception>
    public async Task<Load> RunAsync(int connections, TimeSpan duration)
    {
        long until = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        Load[] loads = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => AskAsync(until))));
        return new Load([.. loads.SelectMany(static load => load.Answers)], [.. loads.SelectMany(static load => load.Deltas)]);
    }

    private async Task<Load> AskAsync(long until)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        byte[] request = work.Request(key, headers);
        byte[] buffer = new byte[256 * 1024];
        var load = new Load([], []);
        do
        {
            long started = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            int filled = 0;
            while (HttpFraming.LengthOf(buffer.AsSpan(0, filled)) < 0)
            {
                int read = await socket.ReceiveAsync(buffer.AsMemory(filled));
                if (read == 0) throw new InvalidOperationException("The connection was closed: " + Encoding.ASCII.GetString(buffer, 0, filled));
                if (work.IsPaced) NoteDeltas(buffer.AsSpan(filled, read), load.Deltas);
                filled += read;
            }

            load.Answers.Add((Stopwatch.GetTimestamp() - started) * MicrosecondsPerTick);
            if (load.Answers.Count == 1 && Encoding.ASCII.GetString(buffer, 0, filled) is var answer && !work.IsRight(answer)) throw new InvalidOperationException($"{work.Name}: not the answer that was asked for: {answer}");
            if (!buffer.AsSpan(0, filled).StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException(Encoding.ASCII.GetString(buffer, 0, filled));
        }
        while (Stopwatch.GetTimestamp() < until);

        return load;
    }

    // A delta that two reads tear apart is not counted.
    private static void NoteDeltas(ReadOnlySpan<byte> read, List<double> deltas)
    {
        long now = Stopwatch.GetTimestamp();
        ReadOnlySpan<byte> mark = "word at "u8;
        while (read.IndexOf(mark) is var at && at >= 0)
        {
            read = read[(at + mark.Length)..];
            if (System.Buffers.Text.Utf8Parser.TryParse(read, out long sent, out int length) && length < read.Length) deltas.Add((now - sent) * MicrosecondsPerTick);
        }
    }
}

/// <summary>What clients saw, in µs.</summary>
internal sealed record Load(List<double> Answers, List<double> Deltas);
