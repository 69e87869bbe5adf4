namespace RouterGen;

/// <summary>
/// Which deployments of a group are known to take calls, and of how many tokens: until something happens to them, since the
/// passing of time only makes room. What is not known must be looked for; and a look in the midst of a change may have
/// remembered half of it, so that a deployment that is known to take calls may still refuse one. Lock-free.
/// </summary>
/// <param name="table">The group's deployments.</param>
internal sealed class AdmissionCache(DeploymentTable table)
{
    private readonly long[] _words = new long[table.Count]; // of the tokens

    /// <summary>Which of a block of deployments are known to take a call; see <see cref="RevisionWords.Holding"/>.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="tokens">The tokens that the call may use.</param>
    public ulong Holding(int first, int tokens) => RevisionWords.Holding(_words, table, first, salt: 0, tokens);

    /// <summary>Remembers that a deployment takes calls of up to so many tokens.</summary>
    /// <param name="index">Which deployment.</param>
    /// <param name="revision">Its revision, read before it was looked at.</param>
    /// <param name="tokens">The tokens.</param>
    public void Keep(int index, uint revision, int tokens) => Volatile.Write(ref _words[index], RevisionWords.Word(tokens, revision));
}
