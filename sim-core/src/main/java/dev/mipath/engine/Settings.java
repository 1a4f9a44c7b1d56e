package dev.mipath.engine;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.EnumMap;

/**
 * The numbers of one world.
 *
 * @param changed those that differ from their defaults
 */
public record Settings(ImmutableMap<Setting, Long> changed) {
    /** Every number as it is where nobody says otherwise. */
    public static final Settings STANDARD = new Settings(ImmutableMap.of());

    /** The value of a setting. */
    public long get(Setting setting) {
        Long value = changed.get(setting);
        return value == null ? setting.standard() : value;
    }

    /** The value of a setting that counts something. */
    public int count(Setting setting) {
        return Math.toIntExact(get(setting));
    }

    /** Whether a setting that says yes or no says yes. */
    public boolean is(Setting setting) {
        return get(setting) != 0;
    }

    /**
     * The same numbers but one.
     *
     * @throws IllegalArgumentException when it is below the setting's least
     */
    public Settings with(Setting setting, long value) {
        if (value < setting.least()) {
            throw new IllegalArgumentException(setting.spelling() + " is below " + setting.least()
                    + (setting.unit() == Setting.Unit.NANOS && setting.least() > 0 ? " ns" : ""));
        }
        EnumMap<Setting, Long> all = new EnumMap<>(Setting.class);
        all.putAll(changed);
        all.put(setting, value);
        return new Settings(Maps.immutableEnumMap(all));
    }
}
