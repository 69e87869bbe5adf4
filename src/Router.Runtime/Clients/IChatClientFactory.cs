using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// Makes the client of a deployment that is asked through an SDK, or a model in the process, in place of a wire format:
/// <see cref="DeploymentAttribute.Client"/> names the class. It needs a constructor without parameters, because the generated group makes it with <c>new</c>.
/// </summary>
public interface IChatClientFactory
{
    /// <summary>
    /// Makes the client. Called when a deployment's group is first used, and again when its key changes. The router owns the client, and disposes
    /// it with the class of groups. What it throws makes the deployment unusable, with a message that says so.
    /// </summary>
    /// <param name="context">The deployment.</param>
    /// <returns>A client that does not retry, since the router does.</returns>
    IChatClient Create(ChatClientContext context);
}
