namespace RouterGen;

/// <summary>A format of files that declare model groups, beside models.json: what it says, in the members of a models.json or of a LiteLLM configuration.</summary>
public interface IModelsFormat
{
    /// <summary>Reads a file, with all that it includes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelsFileException">It is not of the format.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    ModelsText Read(string path);
}

/// <summary>What a file of another format says, as a models.json would.</summary>
/// <param name="Path">The file.</param>
/// <param name="Json">The JSON.</param>
/// <param name="PlaceOf">Returns where in the file a character of the JSON comes from.</param>
public sealed record ModelsText(string Path, string Json, Func<int, ModelsFilePlace> PlaceOf);

/// <summary>A place in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1.</param>
public readonly record struct ModelsFilePlace(string Path, int Line, int Column);
