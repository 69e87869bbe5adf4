using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A request to a deployment's provider that is no call: it goes to another address of the API, and says nothing of how the deployment answers calls.</summary>
/// <param name="Codec">How it is written.</param>
/// <param name="Address">Where it goes.</param>
internal sealed record SideRequest(Codec Codec, Uri Address);
