using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>
/// Answers in place of a deployment's provider: requests are written and nothing is sent. What routes calls knows no difference. The fakes of the package
/// RouterGen.Testing are made of it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeploymentScript
{
    /// <summary>Answers a request for a whole answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Canceled when a limit of the call ends, and by its caller.</param>
    /// <returns>The answer, in the type of its kind of call, for example <see cref="RoutedResponse"/> or <see cref="RoutedEmbeddings"/>.</returns>
    /// <exception cref="ScriptedFailureException">The attempt fails as the exception says. Any other exception ends the call, and reaches its caller as it is.</exception>
    public abstract ValueTask<object> AskAsync(ScriptedRequest request, CancellationToken cancellationToken);

    /// <summary>Answers a request for a stream.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Canceled when the stream is left, when a limit of the call ends, and by its caller.</param>
    /// <returns>The updates: an enumeration of the type of its kind of call, for example <see cref="Microsoft.Extensions.AI.ChatResponseUpdate"/>.</returns>
    /// <exception cref="ScriptedFailureException">While enumerating: the stream fails as the exception says.</exception>
    public abstract IAsyncEnumerable<object> StreamAsync(ScriptedRequest request, CancellationToken cancellationToken);
}

/// <summary>A request to a deployment that is answered by a <see cref="DeploymentScript"/>.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="body">What would have been sent.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ScriptedRequest(CallRequest request, ReadOnlyMemory<byte> body)
{
    /// <summary>Gets what is asked for.</summary>
    public CallRequest Request { get; } = request;

    /// <summary>Gets what would have been sent, without the files within it; empty where a client would have been asked.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;
}

/// <summary>The failure with which a <see cref="DeploymentScript"/> answers.</summary>
/// <param name="failure">What went wrong.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ScriptedFailureException(AttemptFailure failure) : Exception(failure?.Message)
{
    /// <summary>Gets what went wrong.</summary>
    public AttemptFailure Failure { get; } = failure ?? throw new ArgumentNullException(nameof(failure));
}
