namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>What an answer says of where it is kept.</summary>
/// <param name="IsKept">Whether the gateway keeps it. It then has an id that the gateway made, which cannot be guessed.</param>
/// <param name="PreviousId">The id of the response that it goes on from; null where it begins a conversation.</param>
internal sealed record ResponseKeeping(bool IsKept, string? PreviousId);
