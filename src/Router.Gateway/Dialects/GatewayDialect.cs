using System.Buffers;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects;

/// <summary>How clients speak of conversations, and what a gateway says to them beside answers.</summary>
internal abstract class GatewayDialect : ClientDialect
{
    /// <summary>A ping that no client takes for an event.</summary>
    public static readonly ReadOnlyMemory<byte> Comment = ": ping\n\n"u8.ToArray();

    /// <summary>Gets what an idle stream is kept open with.</summary>
    public virtual ReadOnlyMemory<byte> Ping => Comment;

    /// <summary>Gets the header with the request's id.</summary>
    public virtual string RequestIdHeader => "x-request-id";

    /// <summary>Gets the headers of a request that a deployment of the dialect gets too, in lower case.</summary>
    public virtual string[] ForwardedHeaders => [];

    /// <summary>Returns the status of a response that is an error.</summary>
    public virtual int StatusOf(GatewayError error) => error.Status;

    /// <summary>Returns what a client is told of a call that failed.</summary>
    public virtual GatewayError ErrorOf(RoutingException exception) => RoutingErrors.Of(exception);

    /// <summary>Writes an error as the body of a response.</summary>
    /// <param name="error">The error.</param>
    /// <param name="requestId">The request's id.</param>
    /// <param name="output">Where the body is written to.</param>
    public abstract void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output);

    /// <summary>Writes an error as events of a stream that has begun. Nothing is written behind it.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="error">The error.</param>
    /// <param name="sent">How many events the client has had.</param>
    /// <param name="output">Where events are written to.</param>
    public abstract void WriteStreamError(RelayedRequest request, GatewayError error, int sent, IBufferWriter<byte> output);

    /// <summary>Returns the session that a request belongs to, so that it stays with one deployment; null where it says none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="headers">Its headers.</param>
    public virtual string? SessionOf(RelayedRequest request, IHeaderDictionary headers) => null;

    /// <summary>Returns the end user that a request names, which is a customer of the client; null where it names none. Those of OpenAI have it in <c>user</c>, or <c>safety_identifier</c>.</summary>
    /// <param name="request">The request.</param>
    public virtual string? EndUserOf(RelayedRequest request) => RequestJson.TextOf(request.Find("user"u8)) ?? RequestJson.TextOf(request.Find("safety_identifier"u8));
}
