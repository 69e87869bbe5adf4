using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>
/// Stands where a deployment's dialect would, where a chat client is asked instead: it says what is known of the model, and makes what makes the
/// client. Nothing is written or read with it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ClientCodec : Codec
{
    private protected ClientCodec(Func<IChatClientFactory> factory, ClientExceptionReader[] readers)
    {
        Factory = factory;
        Readers = readers;
    }

    /// <summary>Gets what makes the factory of the client.</summary>
    internal Func<IChatClientFactory> Factory { get; }

    /// <summary>Gets what reads the exceptions of SDKs that the project refers to, in order.</summary>
    internal ClientExceptionReader[] Readers { get; }

    /// <inheritdoc/>
    public override string PathFor(bool streaming) => "";

    /// <inheritdoc/>
    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => NotSpoken;

    /// <summary>Writes nothing: asked for only where a <see cref="DeploymentScript"/> answers in place of the client.</summary>
    internal override AttemptFailure? Write(CallRequest request, RequestWriter body)
    {
        ModelCapabilities lacking = request.Shape.Needs & ~Profile.Capabilities;
        if (lacking is not ModelCapabilities.None) return new AttemptFailure(FailureKind.Unsupported, $"The model does not take what the request holds: {lacking}.");
        if (request is ChatRequest { Answer: not null } chat) chat.Choose(this, MechanismFor(Profile));
        return null;
    }

    /// <summary>Returns how a client is asked for a structured answer, by what is known of the model: a client refuses nothing.</summary>
    internal static AnswerMechanism MechanismFor(ModelProfile profile) =>
        profile.Capabilities.HasFlag(ModelCapabilities.JsonSchema) ? AnswerMechanism.JsonSchema
        : profile.Capabilities.HasFlag(ModelCapabilities.Tools) && profile.Takes(ModelParameters.RequiredToolChoice) ? AnswerMechanism.Tool
        : AnswerMechanism.Instruction;

    private static AttemptFailure NotSpoken => new(FailureKind.Unsupported, "The deployment is asked through a client, not in a wire format.");
}

/// <inheritdoc/>
/// <typeparam name="TDeployment">What is known of the model.</typeparam>
/// <param name="factory">Makes the factory of the client.</param>
/// <param name="readers">Read the exceptions of SDKs that the project refers to, in order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ClientCodec<TDeployment>(Func<IChatClientFactory> factory, params ClientExceptionReader[] readers) : ClientCodec(factory, readers)
    where TDeployment : struct, IDeploymentConstants
{
    /// <inheritdoc/>
    public override ModelProfile Profile => default(TDeployment).Profile;
}

/// <summary>Reads an exception of one SDK.</summary>
/// <param name="exception">What a client threw.</param>
/// <param name="now">The time, for headers that name an instant.</param>
/// <returns>What it means; null where it is not one of this SDK's, or says no more than what is behind it (<see cref="Exception.InnerException"/>).</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate AttemptFailure? ClientExceptionReader(Exception exception, DateTimeOffset now);
