using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The client that a deployment is asked through.</summary>
/// <param name="client">The client.</param>
/// <param name="readers">What reads its exceptions, in order.</param>
internal sealed class ConnectedClient(IChatClient client, ClientExceptionReader[] readers)
{
    public IChatClient Client => client;

    /// <summary>Returns what an exception means; null where no reader knows it. A reader that fails itself knows nothing.</summary>
    public AttemptFailure? Read(Exception exception, DateTimeOffset now)
    {
        foreach (ClientExceptionReader reader in readers)
        {
            try
            {
                if (reader(exception, now) is { } failure) return failure;
            }
            catch (Exception)
            {
                // The exception that was to be read counts, not that of what reads it.
            }
        }

        return null;
    }
}
