using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>The members of a request that is passed on as a gateway's client wrote it.</summary>
/// <param name="body">The body, a JSON object in UTF-8.</param>
/// <param name="members">Where its members are, in their order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PassedMembers(ReadOnlyMemory<byte> body, IReadOnlyList<PassedMember> members)
{
    /// <summary>Gets where the members are, in their order.</summary>
    public IReadOnlyList<PassedMember> All => members;

    /// <summary>Gets whether the client asks for a stream.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Gets whether the client asks for the usage of a stream.</summary>
    public bool WantsUsage { get; init; }

    /// <summary>
    /// Gets or sets the value of a Responses request's <c>include</c>, as JSON, that a model gets whose thoughts come encrypted, in place of the client's: the conversation goes on, and the
    /// provider does not keep it. Empty where that is no concern of the gateway's.
    /// </summary>
    public ReadOnlyMemory<byte> StateInclude { get; set; }

    /// <summary>Returns the name of a member, as it is written between its quotation marks.</summary>
    public ReadOnlySpan<byte> NameOf(PassedMember member)
    {
        ReadOnlySpan<byte> text = body.Span[(member.Start + 1)..member.Value];
        return text[..text.LastIndexOf((byte)'"')];
    }

    /// <summary>Returns a member as it is written.</summary>
    public ReadOnlySpan<byte> TextOf(PassedMember member) => body.Span[member.Start..member.End];

    /// <summary>Returns the value of a member as it is written.</summary>
    public ReadOnlySpan<byte> ValueOf(PassedMember member) => body.Span[member.Value..member.End];
}

/// <summary>A member of the object that a request is, by its place in the body.</summary>
/// <param name="Start">Where its name begins, with the quotation mark.</param>
/// <param name="Value">Where its value begins.</param>
/// <param name="End">Where its value ends.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PassedMember(int Start, int Value, int End);
