namespace RouterGen.Tool.Commands;

/// <summary>An option of a command: a row of its table.</summary>
/// <param name="Name">Its name, with the dashes.</param>
/// <param name="Value">What its value is called in the help; null for an option without a value.</param>
/// <param name="Description">What it does, for the help.</param>
internal sealed record CommandOption(string Name, string? Value, string Description)
{
    /// <summary>Gets a shorter name; null for none.</summary>
    public string? Short { get; init; }

    /// <summary>Gets whether it may be stated several times.</summary>
    public bool Repeats { get; init; }

    /// <summary>Gets whether the help leaves it out.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Returns whether an argument is this option.</summary>
    public bool IsCalled(string argument) => argument == Name || argument == Short;
}
