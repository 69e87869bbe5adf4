using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What calls have in common that should go to the same deployment; the default is nothing.</summary>
/// <param name="Hash">A hash of it.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct StickyKey(ulong Hash, StickyKind Kind)
{
    // About 1,024 tokens, below which no provider caches a prompt.
    private const int PrefixLength = 4096;

    public bool IsNone => Kind is StickyKind.None;

    /// <summary>The key of a call: its session, else the beginning of its prompt where the group asks for that.</summary>
    public static StickyKey Of(in CallProfile call, GroupDefinition group)
    {
        if (call.Routing.SessionKey is { Length: > 0 } session) return new StickyKey(StableHash.Of(session), StickyKind.Session);
        return group.PromptCacheAffinity && call.Request.HashOfPrefix(PrefixLength) is { } hash ? new StickyKey(hash, StickyKind.Prefix) : default;
    }
}

/// <summary>What a <see cref="StickyKey"/> stands for.</summary>
internal enum StickyKind
{
    /// <summary>Nothing: each call for itself.</summary>
    None,

    /// <summary>A session or a user.</summary>
    Session,

    /// <summary>A prompt's long beginning, which a provider may have cached.</summary>
    Prefix,
}
