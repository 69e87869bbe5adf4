using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// The clients of a router's deployments: those that <see cref="RouterOptions.ClientFor"/> gives, which are its owner's, and those that declared factories
/// make, which are the router's. Thread-safe.
/// </summary>
/// <param name="options">Gives clients; null where none are given.</param>
/// <param name="classify">Reads the exceptions of all clients first; null where the user has nothing to say of them.</param>
/// <param name="scripts">Gives deployments what answers in their place; null where none does.</param>
internal sealed class ClientRegistry(Func<ChatClientContext, IChatClient?>? options = null, Func<Exception, AttemptFailure?>? classify = null, Func<ChatClientContext, DeploymentScript?>? scripts = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DeploymentDefinition, ConnectedClient?> _given = [];
    private readonly Dictionary<(DeploymentDefinition Deployment, string? Key), ConnectedClient> _made = [];
    private bool _isDisposed;

    /// <summary>Returns what answers in place of a deployment; null where none does.</summary>
    public DeploymentScript? ScriptOf(string group, DeploymentDefinition deployment) => scripts?.Invoke(ContextOf(group, deployment, key: null));

    /// <summary>Returns the client that the options give a deployment: they are asked once for each. Null where they give none.</summary>
    /// <exception cref="Exception">The options throw.</exception>
    public ConnectedClient? Given(string group, DeploymentDefinition deployment)
    {
        if (options is null) return null;
        lock (_gate)
        {
            if (_given.TryGetValue(deployment, out ConnectedClient? known)) return known;
        }

        IChatClient? client = options(ContextOf(group, deployment, key: null));
        ConnectedClient? given = client is null ? null : new ConnectedClient(client, ReadersOf(deployment));
        lock (_gate) return _given.TryAdd(deployment, given) ? given : _given[deployment];
    }

    /// <summary>Returns the client that a deployment's factory makes, once for each key.</summary>
    /// <exception cref="Exception">The factory throws, or makes none.</exception>
    public ConnectedClient Make(string group, DeploymentDefinition deployment, ClientCodec codec, string? key)
    {
        lock (_gate)
        {
            if (_made.TryGetValue((deployment, key), out ConnectedClient? known)) return known;
        }

        IChatClient client = codec.Factory().Create(ContextOf(group, deployment, key)) ?? throw new InvalidOperationException("The factory returned null.");
        var made = new ConnectedClient(client, ReadersOf(deployment));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _made.Add((deployment, key), made);
        }

        return made;
    }

    /// <summary>Disposes the clients that factories made.</summary>
    public void Dispose()
    {
        ConnectedClient[] owned;
        lock (_gate)
        {
            _isDisposed = true;
            owned = [.. _made.Values];
            _made.Clear();
        }

        foreach (ConnectedClient made in owned) made.Client.Dispose();
    }

    private ClientExceptionReader[] ReadersOf(DeploymentDefinition deployment)
    {
        ClientExceptionReader[] known = (deployment.Codec as ClientCodec)?.Readers ?? [];
        return classify is null ? known : [(exception, _) => classify(exception), .. known];
    }

    private static ChatClientContext ContextOf(string group, DeploymentDefinition deployment, string? key) => new()
    {
        Group = group,
        Deployment = deployment.Name,
        Provider = deployment.Provider,
        Model = deployment.Model,
        Region = deployment.Region,
        ApiKey = key,
    };
}
