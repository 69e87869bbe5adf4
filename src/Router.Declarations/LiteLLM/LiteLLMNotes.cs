using RouterGen.Declarations.Json;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>
/// What of a LiteLLM configuration has no effect here: one warning for each part of the configuration, however much it is. A
/// configuration that works in LiteLLM builds here too, with settings that came after this table was written.
/// </summary>
internal sealed class LiteLLMNotes(JsonProblems problems)
{
    private const string Unknown = "nothing here is known by this name";

    private readonly List<Note> _notes = [];

    /// <summary>Notes a setting without effect.</summary>
    /// <param name="part">The part of the configuration in which it is.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="advice">Why it has none, and what to use instead.</param>
    public void Add(string part, JsonProperty setting, string advice) => Add(part, setting.Name, setting.NameSpan, advice);

    public void Add(string part, string name, SourceSpan place, string advice) => _notes.Add(new(part, name, place, advice));

    /// <summary>Notes a setting that is not in the table. What is nearly the name of a setting that is read is reported by itself.</summary>
    public void AddUnknown(string part, JsonProperty setting, IEnumerable<LiteLLMSetting> table)
    {
        if (Spelling.Nearest(setting.Name, table.Where(known => known.Advice is null).Select(known => known.Name)) is { } meant) problems.ReportMisspelt(setting, meant);
        else Add(part, setting, Unknown);
    }

    /// <summary>Reports what was noted.</summary>
    public void Report()
    {
        foreach (IGrouping<string, Note> part in _notes.GroupBy(note => note.Part))
        {
            IEnumerable<string> reasons = part.GroupBy(note => note.Advice).Select(same => $"{string.Join(", ", same.Select(note => $"'{note.Name}'").Distinct())} ({same.Key})");
            problems.ReportWithoutEffect(part.Key, part.First().Place, string.Join("; ", reasons));
        }

        _notes.Clear();
    }

    private sealed record Note(string Part, string Name, SourceSpan Place, string Advice);
}
