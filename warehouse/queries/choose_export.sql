SET VARIABLE export = {'view': $view, 'moment': $moment, 'since': $since::TIMESTAMPTZ, 'place': $place}
