using System.Globalization;

namespace RouterGen;

/// <summary>What is wrong in a file that declares model groups: what the build says of the same file, at the same characters.</summary>
/// <param name="Id">The diagnostic, for example <c>RG0101</c>: see docs/diagnostics.</param>
/// <param name="IsError">Whether the file cannot be used with it; else it is a warning.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">The line, counted from 1; 0 where it is about no place.</param>
/// <param name="Column">The column, counted from 1; 0 where it is about no place.</param>
/// <param name="Message">What is wrong, and what to do.</param>
public sealed record ModelsFileProblem(string Id, bool IsError, string Path, int Line, int Column, string Message)
{
    /// <summary>Returns it in the form of the compiler's messages.</summary>
    public override string ToString()
    {
        string place = Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Path}({Line},{Column})") : Path;
        return $"{place}: {(IsError ? "error" : "warning")} {Id}: {Message}";
    }
}
