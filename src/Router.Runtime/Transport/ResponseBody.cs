using System.Buffers;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A response's body, read whole into a pooled buffer, up to a limit.</summary>
internal readonly struct ResponseBody : IDisposable
{
    /// <summary>How much of an error's body is read; what exceeds it is cut off.</summary>
    public const int LargestError = 64 * 1024;

    private const int LargestTrusted = 1024 * 1024;

    private readonly byte[] _buffer;
    private readonly int _length;

    private ResponseBody(byte[] buffer, int length, bool isWhole, Stream? rest = null)
    {
        _buffer = buffer;
        _length = length;
        IsWhole = isWhole;
        RestOfEvents = rest;
    }

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Gets a value that is false where the body was larger than the limit.</summary>
    public bool IsWhole { get; }

    /// <summary>Gets what follows the bytes that were read, where these begin a stream of events; null for any other body.</summary>
    public Stream? RestOfEvents { get; }

    /// <summary>Reads a body.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The most that is read, in bytes.</param>
    /// <param name="async">Whether it may leave its thread.</param>
    /// <param name="stopsAt">The framing of streams of which only the beginning is read, whatever their headers say; null where a stream is read like any body.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async ValueTask<ResponseBody> ReadAsync(HttpContent content, int limit, bool async, StreamFraming? stopsAt, CancellationToken cancellationToken)
    {
        // One byte more than announced, so that the read that finds the end needs no larger buffer.
        // Announcing is free: beyond a megabyte only what arrives counts.
        long announced = Math.Min(content.Headers.ContentLength ?? 4095, LargestTrusted);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(announced, limit) + 1);
        int length = 0;
        bool isKnown = stopsAt is null; // whether it is clear that it is no stream of events
        try
        {
            Stream stream = async ? await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false) : content.ReadAsStream(cancellationToken);

            // A synchronous read knows no token: what ends it is the end of its stream.
            using CancellationTokenRegistration abort = async ? default : cancellationToken.UnsafeRegister(static state => ((Stream)state!).Dispose(), stream);
            while (true)
            {
                int room = Math.Min(buffer.Length, limit + 1) - length;
                if (room == 0)
                {
                    if (length > limit) return new ResponseBody(buffer, limit, isWhole: false);
                    Grow(ref buffer, length);
                    continue;
                }

                int read = async
                    ? await stream.ReadAsync(buffer.AsMemory(length, room), cancellationToken).ConfigureAwait(false)
                    : stream.Read(buffer, length, room);
                if (read == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return new ResponseBody(buffer, length, isWhole: true);
                }

                length += read;
                if (!isKnown && stopsAt!.TryRecognize(buffer.AsSpan(0, length), out bool isStream))
                {
                    if (isStream) return new ResponseBody(buffer, length, isWhole: false, stream);
                    isKnown = true;
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static void Grow(ref byte[] buffer, int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
