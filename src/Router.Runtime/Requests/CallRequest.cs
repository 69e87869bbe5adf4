namespace RouterGen;

/// <summary>
/// What a caller asks for, of any kind of call. Selection, queues, affinity, mirroring and observation know no more of a call
/// than this.
/// </summary>
public abstract class CallRequest
{
    private RequestShape? _shape;

    private protected CallRequest(bool isStreaming) => IsStreaming = isStreaming;

    /// <summary>Gets the kind of call.</summary>
    public abstract CallKind Kind { get; }

    /// <summary>Gets whether the answer is to be streamed.</summary>
    public bool IsStreaming { get; }

    /// <summary>Gets what of the request has no effect, for the answer to list; null where all has.</summary>
    internal string? LeftOut { get; set; }

    /// <summary>Gets the most tokens that the caller wants to be written; null where no limit is set.</summary>
    internal virtual int? OutputLimit => null;

    /// <summary>Gets the service tier that the caller asks for; null where the provider decides.</summary>
    public virtual ServiceTier? ServiceTier => null;

    /// <summary>Gets whether it goes to the other path of its dialect (<c>Codec.Elsewhere</c>), such as a request that changes an image.</summary>
    internal virtual bool GoesElsewhere => false;

    /// <summary>Gets whether the call is likely to be one of several whose usage is added up, such as those of function invocation.</summary>
    internal virtual bool IsPartOfMany => false;

    /// <summary>Gets what the request holds, roughly; it is looked through once, when it is first asked for.</summary>
    internal RequestShape Shape => _shape ??= Measure();

    /// <summary>Gets the tokens of its text, as estimated; 0 where nothing has asked for the <see cref="Shape"/> yet.</summary>
    internal int KnownInputTokens => _shape?.InputTokens ?? 0;

    /// <summary>Looks through the request for what it holds.</summary>
    private protected abstract RequestShape Measure();

    /// <summary>Returns a hash of the beginning of the prompt, which a provider may have cached; null where it is shorter than that.</summary>
    /// <param name="characters">The length of the beginning.</param>
    internal abstract ulong? HashOfPrefix(int characters);

    /// <summary>Returns the same request for a whole answer; the caller may go on to change what this one was made of.</summary>
    internal abstract CallRequest Copy();
}
