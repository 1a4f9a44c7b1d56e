package dev.mipath.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.profile.RegionPairs;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The pair of a region")
class RegionPairStories {
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "West Europe, northeurope",
        "eastus, westus",
        "eastus2, centralus",
        "westus2, westcentralus",
        "northcentralus, southcentralus",
        "centralindia, southindia",
        "usgovtexas, usgovvirginia",
        "chinanorth3, chinaeast3"
    })
    @DisplayName("is usually mutual")
    void mutual(String one, String other) {
        assertThat(RegionPairs.pairedWith(one)).hasValue(other);
        assertThat(RegionPairs.pairedWith(other)).hasValue(RegionPairs.spelling(one));
    }

    @ParameterizedTest(name = "{0} to {1}, which has {2}")
    @CsvSource({
        "brazilsouth, southcentralus, northcentralus",
        "brazilsoutheast, brazilsouth, southcentralus",
        "usgovarizona, usgovtexas, usgovvirginia",
        "westindia, southindia, centralindia",
        "westus3, eastus, westus"
    })
    @DisplayName("is one-way for some")
    void oneWay(String one, String other, String others) {
        assertThat(RegionPairs.pairedWith(one)).hasValue(other);
        assertThat(RegionPairs.pairedWith(other)).hasValue(others);
    }

    @Test
    @DisplayName("does not exist for newer regions")
    void unpaired() {
        assertThat(RegionPairs.pairedWith("israelcentral")).isEmpty();
    }
}
