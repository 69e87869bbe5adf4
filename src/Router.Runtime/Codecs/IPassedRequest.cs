using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A request of chat that goes through as it is where a deployment speaks as the one who wrote it. An interface, so that a program without a gateway
/// holds nothing of it.
/// </summary>
internal interface IPassedRequest
{
    /// <summary>Returns whether the request, and its answer, go through as they are.</summary>
    bool PassesTo(ChatCodec codec);

    /// <summary>Writes the request for a deployment.</summary>
    /// <returns>Null, or why it cannot carry the request.</returns>
    AttemptFailure? WriteBy(ChatCodec codec, RequestWriter body);
}
