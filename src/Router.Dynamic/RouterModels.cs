using RouterGen.Declarations.Specs;
using RouterGen.Dynamic.Files;
using RouterGen.Dynamic.Groups;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Model groups that a models.json declares, read while the program runs. The file is read by the parser of the build: what is wrong is found at the
/// same characters, and nothing of a file with errors is used. A LiteLLM <c>model_list</c> in JSON is read as the build reads it. Thread-safe.
/// </summary>
public sealed class RouterModels : IModelGroups, IDisposable
{
    private readonly Lock _changing = new();
    private readonly RouterContext _context;
    private readonly TimeProvider _time;
    private volatile Snapshot _current = Snapshot.Empty;

    private RouterModels(RouterOptions options)
    {
        _context = new RouterContext(options);
        _time = options.TimeProvider;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ModelGroup> Groups => _current.Groups;

    /// <summary>Gets what is wrong in the file in use, in its order: warnings, as a file with errors is not used.</summary>
    public IReadOnlyList<ModelsFileProblem> Warnings => _current.Warnings;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="options">What the groups share; null for the defaults.</param>
    /// <exception cref="ModelsFileException">The file has errors.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static RouterModels Load(string path, RouterOptions? options = null) => Parse(File.ReadAllText(path), path, options);

    /// <summary>Reads a file of another format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Reads the format.</param>
    /// <param name="options">What the groups share; null for the defaults.</param>
    /// <exception cref="ModelsFileException">The file has errors.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static RouterModels LoadAs(string path, IModelsFormat format, RouterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(format);
        ModelsText text = format.Read(path);
        return Make(options, models => models.Change(text));
    }

    /// <summary>Reads what a file would say.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="options">What the groups share; null for the defaults.</param>
    /// <exception cref="ModelsFileException">The text has errors.</exception>
    public static RouterModels Parse(string text, string path = "models.json", RouterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        return Make(options, models => models.Change(text, path));
    }

    /// <summary>
    /// Uses another text from the next call on. Groups that it declares as before stay what they are, with all that they know; the others are made anew.
    /// Calls under way end as they began.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="path">What messages call it.</param>
    /// <exception cref="ModelsFileException">The text has errors: what was in use stays in use.</exception>
    public void Change(string text, string path = "models.json")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        Use(DeclaredFile.Read(path, text, _time.GetUtcNow()));
    }

    /// <summary>Uses another text of another format from the next call on.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ModelsFileException">The text has errors: what was in use stays in use.</exception>
    public void Change(ModelsText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Use(DeclaredFile.Read(text.Path, text.Json, _time.GetUtcNow(), text.PlaceOf));
    }

    private static RouterModels Make(RouterOptions? options, Action<RouterModels> read)
    {
        var models = new RouterModels(options ?? new RouterOptions());
        try
        {
            read(models);
            return models;
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    private void Use(DeclaredFile file)
    {
        if (file.Problems.Any(static problem => problem.IsError)) throw new ModelsFileException(file.Problems);
        lock (_changing) _current = _current.With(file, _context);
    }

    /// <inheritdoc/>
    public ModelGroup? Find(string name) => _current.ByName.GetValueOrDefault(name);

    /// <summary>Ends what the groups hold. What is asked of them from then on may fail.</summary>
    public void Dispose() => _context.Dispose();

    /// <summary>The groups of one text.</summary>
    private sealed record Snapshot(ModelGroup[] Groups, Dictionary<string, ModelGroup> ByName, Dictionary<GroupSpec, MadeGroup> BySpec, ModelsFileProblem[] Warnings)
    {
        public static readonly Snapshot Empty = new([], [], [], []);

        public Snapshot With(DeclaredFile file, RouterContext context)
        {
            Dictionary<GroupSpec, MadeGroup> made = file.Groups.ToDictionary(spec => spec, spec => BySpec.GetValueOrDefault(spec) ?? MadeGroup.Of(spec, context));
            Dictionary<string, ModelGroup> byName = made.Values.ToDictionary(group => group.Group.Name, group => group.Group, StringComparer.Ordinal);
            foreach (MadeGroup group in made.Values) group.Fallbacks.Connect(byName);
            return new([.. file.Groups.Select(spec => made[spec].Group)], byName, made, [.. file.Problems]);
        }
    }
}
