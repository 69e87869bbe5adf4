using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Calls;

/// <summary>Reads the body of a request whole, within limits of size and time.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body.</summary>
    /// <returns>The body, or why it cannot be read.</returns>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, GatewayError? Error)> ReadAsync(HttpContext context, GatewayOptions options)
    {
        if (context.Request.ContentLength > options.MaxRequestBytes) return (default, GatewayError.TooLarge(options.MaxRequestBytes));
        PipeReader reader = context.Request.BodyReader;
        if (reader.TryRead(out ReadResult read))
        {
            if (read.IsCompleted) return Take(reader, read.Buffer, options);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        using var late = new CancellationTokenSource(options.BodyTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            while (true)
            {
                read = await reader.ReadAsync(either.Token).ConfigureAwait(false);
                if (read.IsCompleted || read.Buffer.Length > options.MaxRequestBytes) return Take(reader, read.Buffer, options);
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return (default, GatewayError.TooSlow());
        }
        catch (BadHttpRequestException exception)
        {
            return (default, GatewayError.Of(exception));
        }
    }

    // The body outlives the call where it is copied to a shadow, so it is no pooled buffer.
    private static (ReadOnlyMemory<byte> Body, GatewayError? Error) Take(PipeReader reader, ReadOnlySequence<byte> buffer, GatewayOptions options)
    {
        bool isTooLarge = buffer.Length > options.MaxRequestBytes;
        byte[] body = isTooLarge ? [] : buffer.ToArray();
        reader.AdvanceTo(buffer.End);
        return isTooLarge ? (default, GatewayError.TooLarge(options.MaxRequestBytes)) : (body, null);
    }
}
