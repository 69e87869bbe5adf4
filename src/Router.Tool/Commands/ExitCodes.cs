namespace RouterGen.Tool.Commands;

/// <summary>What the tool exits with. The same for all commands, so that a build can go by it.</summary>
internal static class ExitCodes
{
    /// <summary>All is well.</summary>
    public const int Ok = 0;

    /// <summary>Problems were found, or what was asked for could not be done.</summary>
    public const int Problems = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;
}
