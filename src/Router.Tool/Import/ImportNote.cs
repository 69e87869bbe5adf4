using RouterGen.LiteLLM.Yaml;

namespace RouterGen.Tool.Import;

/// <summary>What became of a part of a configuration.</summary>
internal enum ImportKind
{
    /// <summary>It means the same under another name, or needs a look.</summary>
    Changed,

    /// <summary>It is not in the models.json.</summary>
    NotTaken,

    /// <summary>Nothing can be written before this is put right.</summary>
    Error,
}

/// <summary>What became of a part of a configuration.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="File">The file.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1.</param>
/// <param name="Id">The diagnostic that says so; null for none.</param>
/// <param name="Message">What, and what to do.</param>
internal sealed record ImportNote(ImportKind Kind, string File, int Line, int Column, string? Id, string Message)
{
    public ImportNote(ImportKind kind, YamlMark mark, string? id, string message) : this(kind, mark.File, mark.Line, mark.Column, id, message)
    {
    }
}

/// <summary>A group that was taken.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Deployments">Its deployments, by provider and model.</param>
/// <param name="Settings">The settings that it states.</param>
internal sealed record ImportedGroup(string Name, IReadOnlyList<string> Deployments, IReadOnlyList<string> Settings);

/// <summary>What an import came to.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Notes">What is not as it was.</param>
/// <param name="Text">The models.json; null where there is an error.</param>
internal sealed record Imported(IReadOnlyList<ImportedGroup> Groups, IReadOnlyList<ImportNote> Notes, string? Text);
