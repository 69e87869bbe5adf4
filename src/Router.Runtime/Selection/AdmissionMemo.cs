namespace RouterGen;

/// <summary>
/// Which deployments of a group are known to take calls, and of how many tokens: until something happens to them, since the
/// passing of time only makes room. What is not known must be looked for; and a look in the midst of a change may have
/// remembered half of it, so that who is known to take calls may still refuse one. Lock-free.
/// </summary>
/// <param name="table">The group's deployments.</param>
internal sealed class AdmissionMemo(DeploymentTable table)
{
    private readonly long[] _words = new long[table.Count]; // the tokens above, the revision below; 0 before the first

    /// <summary>Which of 64 deployments are known to take a call that may use so many tokens; bit i is the deployment <paramref name="first"/> + i.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="tokens">The tokens.</param>
    public ulong Holding(int first, long tokens)
    {
        // Nothing is called in this loop, for the sake of what it takes for a thousand deployments.
        DeploymentTable.View now = table.Look();
        ReadOnlySpan<long> words = _words;
        int end = Math.Min(first + 64, words.Length);
        ulong holding = 0;
        for (int i = first; i < end; i++)
        {
            long word = Volatile.Read(in words[i]);
            if ((uint)word == now.RevisionOf(i) && word >> 32 >= tokens) holding |= 1UL << i; // shifts count modulo 64
        }

        return holding;
    }

    /// <summary>Remembers that a deployment takes calls of up to so many tokens.</summary>
    /// <param name="index">Which deployment.</param>
    /// <param name="revision">Its revision, read before it was looked at.</param>
    /// <param name="tokens">The tokens.</param>
    public void Keep(int index, uint revision, int tokens) => Volatile.Write(ref _words[index], (long)tokens << 32 | revision);
}
