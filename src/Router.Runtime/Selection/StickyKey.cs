using Microsoft.Extensions.AI;
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
        return group.PromptCacheAffinity ? OfPrefix(call.Request) : default;
    }

    /// <summary>
    /// Providers cache from the start of the prompt: tools, instructions, messages. The names of the tools stand for them, and
    /// the first part of the text for all of it. No key where the text is too short to be cached.
    /// </summary>
    private static StickyKey OfPrefix(in ChatRequest request)
    {
        ulong hash = 0;
        int left = PrefixLength;
        if (request.Options is { } options)
        {
            for (int i = 0; i < options.Tools?.Count; i++) hash = StableHash.Of(options.Tools[i].Name, hash);
            Append(options.Instructions, ref hash, ref left);
        }

        for (int i = 0; i < request.Messages.Count && left > 0; i++)
        {
            IList<AIContent> contents = request.Messages[i].Contents;
            for (int j = 0; j < contents.Count && left > 0; j++)
            {
                if (contents[j] is TextContent text) Append(text.Text, ref hash, ref left);
            }
        }

        return left > 0 ? default : new StickyKey(hash, StickyKind.Prefix);
    }

    private static void Append(string? text, ref ulong hash, ref int left)
    {
        if (string.IsNullOrEmpty(text)) return;
        int length = Math.Min(text.Length, left);
        hash = StableHash.Of(text.AsSpan(0, length), hash);
        left -= length;
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
