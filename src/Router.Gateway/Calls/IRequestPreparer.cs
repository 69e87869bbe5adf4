using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Errors;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Calls;

/// <summary>Makes of a request what a group is asked.</summary>
internal interface IRequestPreparer
{
    /// <summary>Prepares a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">What its body says.</param>
    /// <returns>What a group is asked, or why none is.</returns>
    ValueTask<PreparedRequest> PrepareAsync(HttpContext context, RelayedRequest request);
}

/// <summary>What a group is asked, or why none is.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Dialect">How the client speaks.</param>
/// <param name="Keeper">What sees the answer before its client does; null for nothing.</param>
/// <param name="Error">Why nothing is asked; null where something is.</param>
internal readonly record struct PreparedRequest(RelayedRequest Request, GatewayDialect Dialect, IAnswerKeeper? Keeper = null, GatewayError? Error = null);

/// <summary>Sees an answer before its client does, and keeps it.</summary>
internal interface IAnswerKeeper
{
    /// <summary>Sees a whole answer.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="model">The provider and model that answered.</param>
    /// <returns>What the client gets.</returns>
    ValueTask<ReadOnlyMemory<byte>> KeepAsync(ReadOnlyMemory<byte> body, string model);

    /// <summary>Sees events of a stream.</summary>
    /// <param name="events">Whole events.</param>
    /// <param name="deployment">Who sends them.</param>
    /// <returns>What the client gets.</returns>
    ValueTask<ReadOnlyMemory<byte>> PassAsync(ReadOnlyMemory<byte> events, Deployment deployment);
}
