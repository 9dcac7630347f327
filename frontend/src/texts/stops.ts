import { addTexts } from './index';
import en from './stops.en.json';
import es from './stops.es.json';

addTexts({ en, es });
