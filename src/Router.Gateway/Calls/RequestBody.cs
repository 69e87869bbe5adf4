using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;
using RouterGen.Gateway.Limits;

namespace RouterGen.Gateway.Calls;

/// <summary>Reads the body of a request whole, within limits of size and time.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body that is JSON, all of whose text is some.</summary>
    /// <returns>The body, or why it cannot be read.</returns>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public static async ValueTask<(byte[] Body, GatewayError? Error)> ReadJsonAsync(HttpContext context, GatewayOptions options)
    {
        if (BodyForm.CheckType(context.Request) is { } wrong) return ([], wrong);
        (byte[] body, GatewayError? error) = await ReadAsync(context, options).ConfigureAwait(false);
        if (error is not null) return ([], error);
        return RequestJson.FindBadText(body) is { } bad ? ([], new GatewayError(400, ErrorReason.InvalidRequest, bad)) : (body, null);
    }

    /// <summary>Reads the body.</summary>
    /// <returns>The body, or why it cannot be read.</returns>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public static async ValueTask<(byte[] Body, GatewayError? Error)> ReadAsync(HttpContext context, GatewayOptions options)
    {
        if (context.Request.ContentLength > options.MaxRequestBytes) return ([], GatewayError.TooLarge(options.MaxRequestBytes));
        if (BodyForm.CheckEncoding(context) is { } packed) return ([], packed);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = options.MaxRequestBytes; // which is less by itself
        try
        {
            PipeReader reader = context.Request.BodyReader;
            if (reader.TryRead(out ReadResult read))
            {
                bool isHeld = TryHold(context, read.Buffer.Length, options);
                if (read.IsCompleted || !isHeld) return Take(reader, read.Buffer, isHeld, options);
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }

            return await WaitAsync(context, reader, options).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            return ([], GatewayError.Of(exception));
        }
        catch (IOException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return ([], GatewayError.Unreadable());
        }
    }

    private static async ValueTask<(byte[] Body, GatewayError? Error)> WaitAsync(HttpContext context, PipeReader reader, GatewayOptions options)
    {
        using var late = new CancellationTokenSource(options.BodyTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            while (true)
            {
                ReadResult read = await reader.ReadAsync(either.Token).ConfigureAwait(false);
                bool isHeld = TryHold(context, read.Buffer.Length, options);
                if (read.IsCompleted || read.Buffer.Length > options.MaxRequestBytes || !isHeld) return Take(reader, read.Buffer, isHeld, options);
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return ([], GatewayError.TooSlow());
        }
    }

    // The body outlives the call where it is copied to a shadow, so it is no pooled buffer.
    private static (byte[] Body, GatewayError? Error) Take(PipeReader reader, ReadOnlySequence<byte> buffer, bool isHeld, GatewayOptions options)
    {
        GatewayError? error = buffer.Length > options.MaxRequestBytes ? GatewayError.TooLarge(options.MaxRequestBytes)
            : isHeld ? null : RequestLimits.Busy("The gateway holds as much of requests as it may.");
        byte[] body = error is null ? buffer.ToArray() : [];
        reader.AdvanceTo(buffer.End);
        return (body, error);
    }

    // Bytes count once they are here: a client that says it will send many holds nothing yet.
    private static bool TryHold(HttpContext context, long bytes, GatewayOptions options)
    {
        var call = GatewayCall.Of(context);
        if (bytes <= call.HeldBytes) return true;
        if (!options.Limits.TryHold(bytes - call.HeldBytes)) return false;
        call.HeldBytes = bytes;
        return true;
    }
}
