using System.ComponentModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RouterGen.Infrastructure;

/// <summary>The arguments of one call of a tool, and what is wrong with them. Emitted code reads all of them before it gives up.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ToolArguments
{
    private readonly string _tool;
    private List<ToolArgumentError>? _errors;

    internal ToolArguments(string tool, AIFunctionArguments given)
    {
        _tool = tool;
        Given = given;
    }

    /// <summary>Gets the arguments as they came.</summary>
    public AIFunctionArguments Given { get; }

    /// <summary>Gets whether one that was read is wrong.</summary>
    public bool IsInvalid => _errors is not null;

    /// <summary>Returns an argument that must be there.</summary>
    /// <param name="name">Its name.</param>
    public ToolValue Require(string name)
    {
        if (Has(name, out ToolValue value)) return value;
        value.RefuseMissing();
        return default;
    }

    /// <summary>Returns whether an argument is there, and not null.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The argument.</param>
    public bool Has(string name, out ToolValue value)
    {
        Given.TryGetValue(name, out object? given);
        value = ToolValue.Of(this, name, given);
        return value.HasValue;
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="ToolArgumentException">An argument is wrong.</exception>
    public void ThrowIfInvalid()
    {
        if (_errors is not null) throw new ToolArgumentException(_tool, _errors);
    }

    /// <summary>Returns the services of the call.</summary>
    /// <exception cref="InvalidOperationException">The call has none.</exception>
    public IServiceProvider RequireServices() => Given.Services
        ?? throw new InvalidOperationException($"The tool '{_tool}' takes services, but its call has none: set ToolLoopOptions.Services, or those of whatever else invokes functions.");

    /// <summary>Returns a service that must be there.</summary>
    /// <param name="key">Its key; null for none.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T RequireService<T>(object? key = null) where T : notnull =>
        FindService<T>(key) is T service ? service : throw new InvalidOperationException($"The tool '{_tool}' needs the service {typeof(T)}{(key is null ? "" : $" with the key '{key}'")}, which {(Given.Services is null ? "it cannot get: its call has no services" : "is not registered")}.");

    /// <summary>Returns a service; the default of its type where there is none.</summary>
    /// <param name="key">Its key; null for none.</param>
    public T? FindService<T>(object? key = null)
    {
        object? service = key is null ? Given.Services?.GetService(typeof(T)) : (Given.Services as IKeyedServiceProvider)?.GetKeyedService(typeof(T), key);
        return service is T found ? found : default;
    }

    internal void Refuse(string argument, string problem)
    {
        var error = new ToolArgumentError(argument, problem);
        if (_errors?[^1] != error) (_errors ??= []).Add(error);
    }
}
